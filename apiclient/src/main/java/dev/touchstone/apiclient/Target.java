package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import okhttp3.HttpUrl;

/**
 * What retry budgets, rate limits, circuit breakers and bulkheads are kept for: an origin, and
 * within it a group of calls that share their fate.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host, in lower case
 * @param port the port, the scheme's own if the URL names none
 * @param group the group; empty unless the client was given a grouping
 */
public record Target(String scheme, String host, int port, String group) {

  /** Checks that nothing is null. */
  public Target {
    requireNonNull(scheme, "scheme");
    requireNonNull(host, "host");
    requireNonNull(group, "group");
  }

  /**
   * Returns the target of a URL, with no group.
   *
   * @throws IllegalArgumentException if {@code uri} is not an absolute http or https URL
   */
  public static Target of(URI uri) {
    var url = HttpUrl.get(uri);
    if (url == null) {
      throw new IllegalArgumentException("uri must be an absolute http or https URL");
    }
    return of(url, "");
  }

  static Target of(HttpUrl url, String group) {
    return new Target(url.scheme(), url.host(), url.port(), group);
  }

  /** Returns whether a URL has the origin of this target: scheme, host and port. */
  boolean isOriginOf(HttpUrl url) {
    return port == url.port() && host.equals(url.host()) && scheme.equals(url.scheme());
  }

  /** Returns the target in the form {@code https://host:443}, with {@code /group} if it has one. */
  @Override
  public String toString() {
    var origin = scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    return group.isEmpty() ? origin : origin + "/" + group;
  }
}

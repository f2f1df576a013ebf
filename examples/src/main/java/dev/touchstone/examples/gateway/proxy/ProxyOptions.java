package dev.touchstone.examples.gateway.proxy;

import java.net.URI;
import java.util.Set;

/**
 * Where a {@link Proxy} hands requests on to, and what it changes about them.
 *
 * @param upstream the address that paths are appended to, such as {@code http://10.0.0.7:8080/v2/}; a
 *     slash at its end makes no difference
 * @param host which host the backend is asked for
 * @param credentials what becomes of {@code Authorization} once the gateway knows the caller by it; a
 *     route without an authenticator always hands it on
 * @param removed names of more fields that the backend does not get, such as that of the API keys
 */
public record ProxyOptions(URI upstream, Host host, Credentials credentials, Set<String> removed) {

  /** Which host the backend is asked for. */
  public enum Host {
    /** That of its own address. */
    UPSTREAM,
    /** That which the client asked for. */
    CLIENT
  }

  /** What becomes of the credentials of a caller that the gateway has authenticated. */
  public enum Credentials {
    /** The backend does not get them: it learns who calls from {@code X-Authenticated-*}. */
    REMOVED,
    /** The backend gets them. */
    HANDED_ON
  }

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if it is not an absolute http or https URL without user, query
   *     and fragment
   */
  public ProxyOptions {
    var scheme = upstream.getScheme();
    if (scheme == null
        || !scheme.matches("https?")
        || upstream.getHost() == null
        || upstream.getRawUserInfo() != null
        || upstream.getRawQuery() != null
        || upstream.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "upstream must look like http://host:8080/path, without user, query and fragment, was "
              + upstream);
    }
    removed = Set.copyOf(removed);
  }

  /** Returns options with the upstream's own host, no credentials handed on, nothing else removed. */
  public static ProxyOptions to(URI upstream) {
    return new ProxyOptions(upstream, Host.UPSTREAM, Credentials.REMOVED, Set.of());
  }
}

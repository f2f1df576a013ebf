package dev.touchstone.examples.scraper.address;

import static java.util.Objects.requireNonNullElseGet;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * Canonical addresses: two that mean the same resource to every server are equal as text. Scheme and
 * host are in lower case, the default port and the fragment are gone, dot segments are resolved, and
 * what must be percent-encoded is.
 *
 * <p><b>Source:</b> RFC 3986, section 6.2; the parsing is that of the WHATWG URL standard.
 */
public final class Addresses {

  /* HttpUrl.uri() drops them, and what is left is another host, or none. */
  private static final String IN_NO_HOST = "\"<>^`{|}";

  private Addresses() {}

  /** Returns the canonical form; empty if the text is not an absolute http or https address. */
  public static Optional<URI> canonical(String text) {
    var url = HttpUrl.parse(text.strip());
    return url == null ? Optional.empty() : canonical(url);
  }

  /** Returns the canonical form of a reference on a page; empty if it leads to no web address. */
  public static Optional<URI> resolve(URI base, String reference) {
    return resolver(base).apply(reference);
  }

  /** Returns what does the same for all references of a page, whose base is then read only once. */
  public static Function<String, Optional<URI>> resolver(URI base) {
    var page = HttpUrl.get(base.toString());
    return reference -> {
      var url = page.resolve(reference.strip());
      return url == null ? Optional.empty() : canonical(url);
    };
  }

  /**
   * Returns scheme, host and port of a canonical address, such as {@code http://example.org:8080}: what
   * RFC 6454 calls an origin, and the unit that robots rules and politeness apply to.
   */
  public static String origin(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  /** Returns the host of a canonical address, also one that Java does not take for one: a_b.example.org. */
  public static String host(URI address) {
    return requireNonNullElseGet(
        address.getHost(), () -> address.getRawAuthority().replaceFirst(":\\d+$", ""));
  }

  private static Optional<URI> canonical(HttpUrl url) {
    if (url.host().chars().anyMatch(character -> IN_NO_HOST.indexOf(character) >= 0)) {
      return Optional.empty();
    }
    try {
      var isBare =
          url.fragment() == null && url.username().isEmpty() && url.password().isEmpty();
      var bare = isBare
          ? url
          : url.newBuilder().username("").password("").fragment(null).build();
      return Optional.of(bare.uri());
    } catch (IllegalStateException e) { // characters in the query that no URI can hold
      return Optional.empty();
    }
  }
}

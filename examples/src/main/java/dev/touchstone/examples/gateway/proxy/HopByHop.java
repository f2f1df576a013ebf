package dev.touchstone.examples.gateway.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which fields belong to a connection and end with it.
 *
 * <p><b>Source:</b> RFC 9110 section 7.6.1.
 */
final class HopByHop {

  private static final Set<String> ALWAYS = Set.of(
      "connection",
      "keep-alive",
      "proxy-authenticate",
      "proxy-authentication-info",
      "proxy-authorization",
      "proxy-connection",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "http2-settings");

  private HopByHop() {}

  /**
   * Returns the names of the fields of a message that are not to be handed on, in lower case.
   *
   * @param connection the values of its {@code Connection} fields
   */
  static Set<String> of(List<String> connection) {
    if (connection.isEmpty()) {
      return ALWAYS;
    }
    var names = new HashSet<>(ALWAYS);
    for (var value : connection) {
      for (var name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}

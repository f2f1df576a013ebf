package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who gets in. Immutable; for all threads. */
final class Access {

  /*
   * Loopback keeps other machines out, not the other users of this one, nor the pages that a browser on
   * this one has open. So:
   *
   * - The Host header must name loopback. A page of evil.example whose name has been bound anew to
   *   127.0.0.1 is of the same origin as this server to the browser, but says Host: evil.example.
   * - The token, 128 random bits, comes in the address that the program prints, and then in a cookie;
   *   programs send it as a bearer token.
   * - Cookies know no ports: the browser sends ours along with a form that a server on another port of
   *   loopback made up, SameSite or not. So a form must carry a second secret, which only our pages
   *   know, and come from our origin if the browser says where it comes from. The cookie's name has the
   *   port, so that two dashboards do not log each other out.
   */

  private static final int BYTES = 16;

  private final String token = random();
  private final String csrf = random();
  private final int port;

  Access(int port) {
    this.port = port;
  }

  private static String random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String token() {
    return token;
  }

  String csrf() {
    return csrf;
  }

  String cookieName() {
    return "touchstone-" + port;
  }

  /** Returns the header that makes a browser keep the token until it is closed. */
  String cookie() {
    return cookieName() + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
  }

  boolean isOurHost(@Nullable String host) {
    return List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port).contains(host);
  }

  boolean isToken(@Nullable String value) {
    return isSame(token, value);
  }

  boolean isBearer(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && isToken(authorization.substring(7).strip());
  }

  /**
   * Returns what is wrong with a form; empty if it comes from a page of ours.
   *
   * @param host the Host header, which is ours
   * @param origin where the browser says that the form comes from
   */
  Optional<String> forgery(String host, @Nullable String origin, @Nullable String field) {
    if (origin != null && !origin.equals("http://" + host)) {
      return Optional.of("the form comes from another site, " + origin);
    }
    if (!isSame(csrf, field)) {
      return Optional.of(
          "the form is not of a page that this server made; reload the page and try again");
    }
    return Optional.empty();
  }

  /* Takes as long for a value that is almost right as for one that is wrong from the start. */
  private static boolean isSame(String expected, @Nullable String actual) {
    return actual != null
        && MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8));
  }
}

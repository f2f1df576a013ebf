package dev.touchstone.apiclient.auth;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A request about to be sent, as an authenticator sees it. What is added here is a credential: it
 * is never logged and does not survive a redirect. For one thread.
 */
public interface Outgoing {

  /** Returns the method. */
  String method();

  /** Returns the absolute URL. */
  URI uri();

  /** Returns the values of a header field, in order; empty if there is none. */
  List<String> headers(String name);

  /**
   * Returns a copy of the body, so that it can be signed: empty bytes if there is none; nothing if
   * it is not in memory.
   */
  Optional<byte[]> bodyInMemory();

  /**
   * Sets a header field, in place of all of that name.
   *
   * @throws IllegalArgumentException if a character is not allowed in a header
   */
  void setHeader(String name, String value);

  /** Adds a query parameter, percent-encoded. */
  void addQuery(String name, String value);
}

package dev.touchstone.faults;

import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A client as its users have it: with its defaults, as its documentation shows.
 *
 * <p>Bodies are text. A status that is not a result is an exception, of whatever type the peer has
 * for it; where a peer takes it for a result, {@link #call} makes an exception of it.
 */
interface Peer extends AutoCloseable {

  /** Returns name and version. */
  String name();

  /**
   * Makes a call.
   *
   * @param body what to send; empty for none
   * @param headers what to send with it, credentials among it
   * @return the body of the answer
   */
  String call(String method, String url, String body, Map<String, String> headers) throws Exception;

  /** Starts a GET that can be cancelled. */
  Future<?> start(String url);

  /**
   * Returns a client that gets a token from one address, for calls to another, in the way that the
   * peer has for it.
   *
   * @return makes a GET; null if the peer has no way
   */
  @Nullable
  Tokens withTokens(String tokenUrl, String apiUrl);

  @Override
  void close();

  /** A client that gets its own tokens. */
  interface Tokens extends AutoCloseable {

    /** Makes a GET. */
    void get() throws Exception;

    @Override
    void close();
  }
}

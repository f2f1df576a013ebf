package dev.touchstone.apiclient.auth;

import dev.touchstone.apiclient.time.Deadline;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Puts a credential on each request.
 *
 * <p>Implementations must be safe for use by several threads. They may block, but not past the
 * deadline. They are asked once per attempt and per redirect, and never for an origin that
 * credentials must not travel to.
 */
public interface RequestAuthenticator {

  /**
   * Puts a credential on a request.
   *
   * @param request the request, to which headers and query parameters may be added
   * @param deadline when the call must be over
   * @return what was put on it, to be given back to {@link #refresh}
   * @throws CredentialException if there is none to be had
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws TimeoutException if the deadline passes while it waits
   */
  Credential authorize(Outgoing request, Deadline deadline)
      throws InterruptedException, TimeoutException;

  /**
   * Reacts to status 401. Returns whether there now is another credential than the one that was
   * refused, so that the request is worth sending again; that is done once per call.
   *
   * <p>The credential tells what to replace: if a newer one is in use already, because another call
   * failed first, there is nothing to refresh and the answer is true.
   *
   * @param used what {@link #authorize} returned for the refused request
   * @param challenge what the server said
   * @param deadline when the call must be over
   * @throws CredentialException if there is no other to be had
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws TimeoutException if the deadline passes while it waits
   */
  default boolean refresh(Credential used, Challenge challenge, Deadline deadline)
      throws InterruptedException, TimeoutException {
    return false;
  }

  /**
   * Returns the authenticator that sends {@code Authorization: Bearer TOKEN}.
   *
   * <p>A 401 asks the supplier again; the request is sent again only if the token is another one.
   *
   * <p><b>Source:</b> RFC 6750 section 2.1.
   *
   * @param token asked for every request; must not return null or a blank string
   */
  static RequestAuthenticator bearer(Supplier<String> token) {
    return new BearerToken(token);
  }

  /**
   * Returns the authenticator that sends a user name and a password.
   *
   * <p><b>Source:</b> RFC 7617.
   *
   * @param password asked for every request; may return an empty string, but not null
   * @throws IllegalArgumentException if {@code user} contains a colon
   */
  static RequestAuthenticator basic(String user, Supplier<String> password) {
    return new BasicAuthentication(user, password);
  }

  /**
   * Returns the authenticator that sends a key in a header, such as {@code X-Api-Key}.
   *
   * @param key asked for every request; must not return null or a blank string
   */
  static RequestAuthenticator apiKey(String header, Supplier<String> key) {
    return new ApiKey(ApiKey.Place.HEADER, header, key);
  }

  /**
   * Returns the authenticator that sends a key as a query parameter. Servers log queries: prefer a
   * header where the API offers one.
   *
   * @param key asked for every request; must not return null or a blank string
   */
  static RequestAuthenticator queryKey(String parameter, Supplier<String> key) {
    return new ApiKey(ApiKey.Place.QUERY, parameter, key);
  }
}

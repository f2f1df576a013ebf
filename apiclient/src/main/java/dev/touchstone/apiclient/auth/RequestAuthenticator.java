package dev.touchstone.apiclient.auth;

import dev.touchstone.apiclient.time.Deadline;
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
   */
  Credential authorize(Outgoing request, Deadline deadline);

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
   */
  default boolean refresh(Credential used, Challenge challenge, Deadline deadline) {
    return false;
  }

  /**
   * Returns the authenticator that sends {@code Authorization: Bearer TOKEN}.
   *
   * <p>A 401 asks the supplier again; the request is sent again only if the token is another one.
   *
   * <p><b>Source:</b> RFC 6750 section 2.1.
   *
   * @param token asked for every request; must not return null or an empty string
   */
  static RequestAuthenticator bearer(Supplier<String> token) {
    return new BearerToken(token);
  }
}

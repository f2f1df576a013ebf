package dev.touchstone.apiclient.auth;

import dev.touchstone.apiclient.Headers;
import java.util.List;

/**
 * What a server said when it refused a credential.
 *
 * @param status the status, 401
 * @param headers the headers of the answer
 */
public record Challenge(int status, Headers headers) {

  /** Returns the values of {@code WWW-Authenticate}, in order; empty if there are none. */
  public List<String> schemes() {
    return headers.all("WWW-Authenticate");
  }
}

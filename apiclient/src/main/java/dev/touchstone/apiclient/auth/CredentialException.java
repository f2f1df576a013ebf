package dev.touchstone.apiclient.auth;

import static java.util.Objects.requireNonNull;

/**
 * An authenticator has no credential to put on a request. The client turns it into a {@code
 * RejectedException}; the request is not sent.
 */
public final class CredentialException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is missing and what to do; shows no secret
   * @param cause why it is missing
   */
  public CredentialException(String message, Throwable cause) {
    super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
  }
}

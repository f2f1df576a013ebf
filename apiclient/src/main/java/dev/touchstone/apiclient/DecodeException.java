package dev.touchstone.apiclient;

import org.jspecify.annotations.Nullable;

/**
 * A complete answer came, but it is not what the request asked for: no JSON, JSON of another shape,
 * or more bytes than allowed.
 */
public final class DecodeException extends ApiException {

  private static final long serialVersionUID = 1L;

  private final int status;

  DecodeException(RequestSummary request, int status, String message, @Nullable Throwable cause) {
    super(request, message, Delivery.ANSWERED, cause);
    this.status = status;
  }

  /** Returns the status of the answer. */
  public int status() {
    return status;
  }

  /** Returns false: the next answer would look the same. */
  @Override
  public boolean isWorthRetryingLater() {
    return false;
  }
}

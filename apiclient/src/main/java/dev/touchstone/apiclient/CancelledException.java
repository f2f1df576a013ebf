package dev.touchstone.apiclient;

import org.jspecify.annotations.Nullable;

/**
 * The call was cancelled: its thread was interrupted, its future cancelled, or its client closed.
 *
 * <p>After an interruption, the interrupt status of the thread is set.
 */
public final class CancelledException extends ApiException {

  private static final long serialVersionUID = 1L;

  CancelledException(
      RequestSummary request, String why, Delivery delivery, @Nullable Throwable cause) {
    super(
        request,
        why + (delivery == Delivery.UNKNOWN ? "; the request may have been applied" : ""),
        delivery,
        cause);
  }

  /** Returns true: nothing is known to be wrong with the call. */
  @Override
  public boolean isWorthRetryingLater() {
    return true;
  }
}

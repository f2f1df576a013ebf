package dev.touchstone.apiclient;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time limit of the whole call passed before there was an answer. */
public final class DeadlineException extends ApiException {

  private static final long serialVersionUID = 1L;

  DeadlineException(
      RequestSummary request, Duration limit, Delivery delivery, @Nullable Throwable cause) {
    super(
        request,
        "no answer within " + limit
            + (delivery == Delivery.UNKNOWN ? "; the request may have been applied" : ""),
        delivery,
        cause);
  }

  /** Returns true. */
  @Override
  public boolean isWorthRetryingLater() {
    return true;
  }
}

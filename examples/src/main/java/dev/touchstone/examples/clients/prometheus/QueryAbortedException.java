package dev.touchstone.examples.clients.prometheus;

import dev.touchstone.apiclient.ErrorContext;
import dev.touchstone.apiclient.ServerErrorException;

/** The server began to evaluate a query and gave up. */
public final class QueryAbortedException extends ServerErrorException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String reason;

  QueryAbortedException(ErrorContext context, Refusal refusal) {
    super(context);
    kind = refusal.kind();
    reason = refusal.reason();
  }

  /** Returns the server's name for the kind: {@code timeout}, {@code canceled}, {@code internal}. */
  public String kind() {
    return kind;
  }

  /** Returns the server's words. */
  public String reason() {
    return reason;
  }

  /**
   * Returns false for a timeout, which is why it is not retried: the status is 503, but the same
   * query takes as long again, on a server that has too much to do already.
   */
  @Override
  public boolean isWorthRetryingLater() {
    return !kind.equals("timeout");
  }
}

package dev.touchstone.concurrency.scope;

/**
 * Thrown by {@link TaskScope#join} when the deadline of the scope came first.
 *
 * <p>Failures of subtasks until then, and those that come while the scope is closed, are suppressed
 * exceptions.
 */
public final class ScopeTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScopeTimeoutException() {
    super("the deadline of the scope came before its result: allow more time, or let the joiner"
        + " make a result of what is there (Joiner.onTimeout)");
  }
}

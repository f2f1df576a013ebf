package dev.touchstone.concurrency.scope;

/**
 * Thrown by {@link TaskScope#join} when the joiner has no result because subtasks failed.
 *
 * <p>The cause is the first failure. The failures of other subtasks are suppressed exceptions, in
 * the order of their completion; those of subtasks that were still running then are added when the
 * scope is closed. Subtasks that ended because the scope was cancelled are not failures.
 */
public final class FailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FailedException(String scope, Throwable cause) {
    super("a subtask of scope '" + scope + "' failed: " + cause, cause);
  }
}

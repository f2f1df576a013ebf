package dev.touchstone.patterns.command;

/**
 * Thrown when a history is used whose target may not be in the state that the history believes.
 *
 * <p>The cause is the failure that led to it. After the target was put right, {@link History#reset()}
 * lets the history begin anew.
 */
public final class HistoryBrokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HistoryBrokenException(Throwable cause) {
    super(
        "the history is broken, for its target may be in any state since: " + cause
            + "; put the target right and call reset()",
        cause);
  }
}

package dev.touchstone.concurrency.waiting;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;

/** Tells the answer to an interruption from a failure of its own. */
public final class Interruptions {

  private static final int DEEPEST = 16;

  private Interruptions() {}

  /** Returns whether an interruption is among the first causes of the failure. */
  public static boolean explain(Throwable failure) {
    var cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof InterruptedException
          || cause instanceof ClosedByInterruptException
          || cause instanceof CancellationException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}

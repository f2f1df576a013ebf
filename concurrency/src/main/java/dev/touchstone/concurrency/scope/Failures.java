package dev.touchstone.concurrency.scope;

import dev.touchstone.concurrency.waiting.Interruptions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the subtasks of a scope threw, each to be delivered once: in what {@code join} throws, or to
 * a listener. Subtasks add to it; the rest is for the owner of the scope.
 */
final class Failures {

  private final Queue<Throwable> timely = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> late = new ConcurrentLinkedQueue<>();
  private @Nullable RuntimeException thrown;

  /** Adds the failure of a subtask that completed before the cancellation. */
  void add(Throwable failure) {
    timely.add(failure);
  }

  /** Adds that of one that completed after it, unless it only was interrupted. */
  void addLate(Throwable failure) {
    if (!Interruptions.explain(failure)) {
      late.add(failure);
    }
  }

  /** Suppresses failures in what is about to be thrown, other than the one that is its cause. */
  <X extends RuntimeException> X carriedBy(X exception, Throwable cause) {
    thrown = exception;
    suppress(timely, cause, exception);
    return exception;
  }

  /** Delivers what came late: with what was thrown, else to the listener. */
  void deliverLate(Consumer<Throwable> listener) {
    if (thrown != null) {
      suppress(timely, thrown.getCause(), thrown);
      suppress(late, thrown.getCause(), thrown);
    } else {
      late.forEach(listener);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the cause is not also suppressed
  private static void suppress(Queue<Throwable> failures, @Nullable Throwable but, Throwable in) {
    for (var failure = failures.poll(); failure != null; failure = failures.poll()) {
      if (failure != but && failure != in) {
        in.addSuppressed(failure);
      }
    }
  }
}

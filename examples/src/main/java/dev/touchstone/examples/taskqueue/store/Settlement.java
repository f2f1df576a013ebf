package dev.touchstone.examples.taskqueue.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What becomes of a job at the end of an attempt. */
public sealed interface Settlement {

  /** Returns the right to settle it. */
  Fence fence();

  /**
   * It is done.
   *
   * @param ran how long the handler ran
   */
  record Succeeded(Fence fence, Duration ran) implements Settlement {}

  /**
   * It will be attempted again; or cancelled, if somebody has asked for that meanwhile.
   *
   * @param delay from now, at most {@link Delays#LONGEST}; zero and an uncounted end leave the job its place in the queue
   * @param end why the attempt ended
   * @param error what to tell about it
   */
  record Again(Fence fence, Duration delay, AttemptEnd end, String error) implements Settlement {

    /** Checks the delay. */
    public Again {
      requireNonNull(end, "end");
      Delays.checked(delay);
    }

    /** Returns the end of an attempt that its worker was never told of. */
    public static Again unanswered(Fence fence) {
      return new Again(
          fence, Duration.ZERO, AttemptEnd.RETURNED, "the answer to its claim was lost");
    }
  }

  /** It is given up, and kept among the dead letters. */
  record Dead(Fence fence, AttemptEnd end, String error) implements Settlement {}

  /** It is cancelled, and kept among the dead letters. */
  record Cancelled(Fence fence, String error) implements Settlement {}
}

package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.store.Delays;
import java.time.Duration;
import java.util.Optional;

/** What a handler says about a job when it returns. */
public sealed interface Outcome {

  /** The job is done. */
  record Done() implements Outcome {}

  /**
   * The attempt failed, and another may help.
   *
   * @param delay when to try again, in {@link Delays#LONGEST} at the latest; by default the retry
   *     policy says
   */
  record Retry(String reason, Optional<Duration> delay) implements Outcome {
    /** Checks the delay. */
    public Retry {
      requireNonNull(reason, "reason");
      delay.ifPresent(Delays::checked);
    }
  }

  /** It is too early, for {@link Delays#LONGEST} at most. Does not count as an attempt. */
  record Snooze(Duration delay) implements Outcome {
    /** Checks the delay. */
    public Snooze {
      Delays.checked(delay);
    }
  }

  /** No further attempt would help: the job becomes a dead letter. */
  record Discard(String reason) implements Outcome {
    /** Checks that there is one. */
    public Discard {
      requireNonNull(reason, "reason");
    }
  }

  /** Returns that the job is done. */
  static Outcome done() {
    return new Done();
  }

  /** Returns that the attempt failed, to be repeated when the retry policy says. */
  static Outcome retry(String reason) {
    return new Retry(reason, Optional.empty());
  }

  /** Returns that the attempt failed, to be repeated after this time: that of a Retry-After, say. */
  static Outcome retryIn(Duration delay, String reason) {
    return new Retry(reason, Optional.of(delay));
  }

  /** Returns that it is too early. */
  static Outcome snooze(Duration delay) {
    return new Snooze(delay);
  }

  /** Returns that no further attempt would help. */
  static Outcome discard(String reason) {
    return new Discard(reason);
  }
}

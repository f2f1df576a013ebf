package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the parts of a {@link ShutdownCoordinator} were closed.
 *
 * @param parts one for each part, in the order of the phases and of their registration
 */
public record ShutdownReport(List<Part> parts) {

  /** Copies the list. */
  public ShutdownReport {
    parts = List.copyOf(parts);
  }

  /** Returns whether every part was closed in time and without a failure. */
  public boolean isClean() {
    return parts.stream().allMatch(part -> part.outcome() == Outcome.CLOSED);
  }

  /** How the closing of a part ended. */
  public enum Outcome {

    /** It returned. For an executor: everything that it had accepted has run. */
    CLOSED,

    /** It threw, or no thread could be started for it. */
    FAILED,

    /** For an executor: tasks had to be cancelled. */
    CANCELLED,

    /** It had not returned when the time was over; its thread was interrupted. */
    TIMED_OUT
  }

  /**
   * How one part was closed.
   *
   * @param phase the phase that it belongs to
   * @param name its name
   * @param outcome how its closing ended
   * @param failure what it threw; empty unless it failed
   * @param took how long it took, or was waited for
   */
  public record Part(
      String phase, String name, Outcome outcome, Optional<Throwable> failure, Duration took) {}
}

package dev.touchstone.concurrency.testing;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a simulated scenario failed.
 *
 * <p>The message has the seed, the last switches between threads, and how to run the same schedule
 * again; the cause is what the scenario threw.
 */
public abstract sealed class SimulationError extends AssertionError
    permits DeadlockError, ScenarioError {

  private static final long serialVersionUID = 1L;

  private final transient Trace trace;

  SimulationError(String what, Trace trace, @Nullable Throwable cause) {
    super(
        what
            + "\n  replay: Simulation.run("
            + trace.seed()
            + ", "
            + trace.strategy().toCode()
            + ", scenario)\n  "
            + trace.tail(),
        cause);
    this.trace = trace;
  }

  /** Returns the schedule that led to the failure. */
  public final Trace trace() {
    return trace;
  }
}

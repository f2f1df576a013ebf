package dev.touchstone.concurrency.testing;

import org.jspecify.annotations.Nullable;

/** Thrown when a thread of a scenario threw, or when the scenario did not end. */
final class ScenarioError extends SimulationError {

  private static final long serialVersionUID = 1L;

  ScenarioError(String what, Trace trace, @Nullable Throwable cause) {
    super(what, trace, cause);
  }
}

package dev.touchstone.patterns.state;

import java.util.Locale;

/** Thrown when a part of a transition failed. The state is the one before. */
public final class TransitionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Phase phase;

  TransitionException(Phase phase, Object state, String event, Throwable cause) {
    super(
        "the " + phase.name().toLowerCase(Locale.ROOT) + " phase of " + event + " failed in "
            + state + ", which is still the state: " + cause,
        cause);
    this.phase = phase;
  }

  /** Returns the part that failed. Those before it have been done. */
  public Phase phase() {
    return phase;
  }
}

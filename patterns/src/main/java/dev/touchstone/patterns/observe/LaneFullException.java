package dev.touchstone.patterns.observe;

/** The failure of a listener whose lane had no room for an event. */
public final class LaneFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LaneFullException(String message) {
    super(message);
  }
}

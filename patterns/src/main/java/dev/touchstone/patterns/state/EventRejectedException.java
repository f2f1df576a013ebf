package dev.touchstone.patterns.state;

import java.util.Collection;

/** Thrown when an event came that the state does not take. The state is the one before. */
public final class EventRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EventRejectedException(Object state, String event, Collection<String> taken) {
    super(state + " does not take " + event + ", or a guard said no; it takes " + taken);
  }
}

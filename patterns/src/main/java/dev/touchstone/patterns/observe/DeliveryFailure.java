package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

/**
 * A listener failed on an event.
 *
 * @param event the event
 * @param listener the name of the listener, which says where it was registered
 * @param cause what the listener threw
 */
public record DeliveryFailure(Object event, String listener, Throwable cause) {

  /** Checks that nothing is null. */
  public DeliveryFailure {
    requireNonNull(event, "event");
    requireNonNull(listener, "listener");
    requireNonNull(cause, "cause");
  }

  /**
   * Returns the failure of a handler. Restores the interrupt flag if it was interrupted.
   *
   * @throws VirtualMachineError if that is what the handler threw
   */
  static DeliveryFailure of(Object event, Handler handler, Throwable cause) {
    rethrowIfFatal(cause);
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new DeliveryFailure(event, handler.name, cause);
  }

  /** Throws errors of the virtual machine, which no part of a program should go on after. */
  static void rethrowIfFatal(Throwable cause) {
    if (cause instanceof VirtualMachineError fatal) {
      throw fatal;
    }
  }

  /** Returns the kind of event, the listener and the cause; never the event, which may be secret. */
  @Override
  public String toString() {
    return listener + " failed on " + event.getClass().getName() + ": " + cause;
  }
}

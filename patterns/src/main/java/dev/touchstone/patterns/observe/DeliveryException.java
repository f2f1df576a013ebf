package dev.touchstone.patterns.observe;

import java.util.List;

/**
 * Thrown to the one that announced an event when listeners failed on it.
 *
 * <p>The cause is what the first of them threw; what the later ones threw are suppressed exceptions,
 * in order.
 */
public final class DeliveryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<DeliveryFailure> failures;

  DeliveryException(List<DeliveryFailure> failures) {
    super(message(failures), failures.getFirst().cause());
    this.failures = List.copyOf(failures);
    failures.stream().skip(1).map(DeliveryFailure::cause).forEach(this::addSuppressed);
  }

  private static String message(List<DeliveryFailure> failures) {
    var first = failures.getFirst().toString();
    return failures.size() == 1
        ? first
        : failures.size() + " deliveries failed, the first: " + first;
  }

  /** Returns the failures in the order they happened, at least one. */
  public List<DeliveryFailure> failures() {
    return failures;
  }
}

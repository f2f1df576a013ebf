package dev.touchstone.faults;

/** A status that is not a result, for peers that have no exception for it. */
final class StatusException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StatusException(int status) {
    super("HTTP " + status);
  }
}

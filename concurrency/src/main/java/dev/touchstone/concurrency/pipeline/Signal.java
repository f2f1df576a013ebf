package dev.touchstone.concurrency.pipeline;

/** Takes a thread of a run out of what it does. Never seen by a user, so it has no stack trace. */
abstract sealed class Signal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private Signal(Throwable cause) {
    super(null, cause, false, false);
  }

  /** Thrown by a stage that has failed. */
  static final class Failed extends Signal {

    private static final long serialVersionUID = 1L;

    final String stage;
    final Throwable failure;

    Failed(String stage, Throwable failure) {
      super(failure);
      this.stage = stage;
      this.failure = failure;
    }
  }

  /** Thrown when the run is about to end, for a reason that is known already. */
  static final class Ended extends Signal {

    private static final long serialVersionUID = 1L;

    Ended(Throwable cause) {
      super(cause);
    }
  }
}

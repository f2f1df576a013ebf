package dev.touchstone.apiclient.testing;

/**
 * A {@link Replay} was asked something that was not recorded. The message says what was asked and
 * which recorded request comes nearest. It is no {@code ApiException}, so it is not retried.
 */
public final class ReplayMissException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReplayMissException(String message) {
    super(message);
  }
}

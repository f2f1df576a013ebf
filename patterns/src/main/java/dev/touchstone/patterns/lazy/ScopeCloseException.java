package dev.touchstone.patterns.lazy;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a scope was closed but some of its values failed to close.
 *
 * <p>The cause is the first failure; the later ones are suppressed exceptions, in order.
 */
public final class ScopeCloseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ScopeCloseException(Class<?> key, int values, Throwable cause) {
    super(
        "closing " + key.getName() + ", one of " + values + " values of the scope, failed: " + cause
            + "; the others were closed too, and their failures are suppressed exceptions of this",
        cause);
  }

  static ScopeCloseException add(
      @Nullable ScopeCloseException failure, Class<?> key, int values, Throwable cause) {
    if (failure == null) {
      return new ScopeCloseException(key, values, cause);
    }
    failure.addSuppressed(cause);
    return failure;
  }
}

package dev.touchstone.patterns.plugin;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Reason} to the report. */
final class RejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason.Kind kind;
  private final String reason;

  RejectedException(Reason.Kind kind, String reason) {
    this(kind, reason, null);
  }

  RejectedException(Reason.Kind kind, String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.kind = kind;
    this.reason = reason;
  }

  Reason reason() {
    return new Reason(kind, reason);
  }
}

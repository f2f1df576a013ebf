package dev.touchstone.examples.gateway.aggregate;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.Attempt;
import dev.touchstone.apiclient.CancelledException;
import dev.touchstone.apiclient.DeadlineException;
import dev.touchstone.apiclient.DecodeException;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.TransportException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown where a call has no value. The message is for the client: it names no addresses and no bodies. */
final class PartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  enum Kind {
    /** What is asked for is not there: the backend answered 404 or 410. */
    MISSING,
    /** The address cannot be made: a reference leads nowhere, or to what does not fit. */
    UNADDRESSED,
    /** There was no answer in time. */
    LATE,
    /** The backend is given a rest, or wants one. */
    RESTING,
    /** There was no answer, or one that makes no sense. */
    BROKEN
  }

  private final Kind kind;
  private final transient List<Attempt> attempts;
  private final @Nullable Duration retryAfter;

  private PartFailure(
      Kind kind,
      String message,
      List<Attempt> attempts,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.attempts = attempts;
    this.retryAfter = retryAfter;
  }

  static PartFailure unaddressed(String message) {
    return new PartFailure(Kind.UNADDRESSED, message, List.of(), null, null);
  }

  static PartFailure late() {
    return new PartFailure(Kind.LATE, "there was no time left for it", List.of(), null, null);
  }

  static PartFailure malformed(String message) {
    return new PartFailure(Kind.BROKEN, message, List.of(), null, null);
  }

  /** Returns what the failure of a call means. */
  static PartFailure of(ApiException failure) {
    var attempts = failure.attempts();
    return switch (failure) {
      case HttpStatusException answer -> of(answer);
      case DeadlineException late ->
        new PartFailure(Kind.LATE, "there was no answer in time", attempts, null, late);
      case RejectedException refused ->
        new PartFailure(Kind.RESTING, resting(refused), attempts, null, refused);
      case TransportException lost
      when isTimeout(lost) ->
        new PartFailure(Kind.LATE, "there was no answer in time", attempts, null, lost);
      case TransportException lost ->
        new PartFailure(Kind.BROKEN, "the backend cannot be reached", attempts, null, lost);
      case DecodeException strange ->
        new PartFailure(Kind.BROKEN, "the answer is too long or broken", attempts, null, strange);
      case CancelledException cancelled ->
        new PartFailure(Kind.BROKEN, "the call was given up", attempts, null, cancelled);
    };
  }

  private static PartFailure of(HttpStatusException answer) {
    var status = answer.status();
    var wait = answer.retryAfter().orElse(null);
    var kind = switch (status) {
      case 404, 410 -> Kind.MISSING;
      case 429 -> Kind.RESTING;
      case 503 -> wait == null ? Kind.BROKEN : Kind.RESTING;
      case 504 -> Kind.LATE;
      default -> Kind.BROKEN;
    };
    return new PartFailure(kind, "the backend answered " + status, answer.attempts(), wait, answer);
  }

  private static boolean isTimeout(TransportException lost) {
    return lost.getCause() instanceof InterruptedIOException;
  }

  private static String resting(RejectedException refused) {
    return switch (refused.by()) {
      case CIRCUIT_BREAKER -> "the backend failed often and is given a rest";
      case BULKHEAD -> "too many calls of the backend are under way";
      case RATE_LIMITER, SERVER_QUOTA, ADDRESS_GUARD, CREDENTIALS -> "the backend is not asked now";
    };
  }

  /** Returns why, for the client. */
  String reason() {
    return String.valueOf(getMessage());
  }

  Kind kind() {
    return kind;
  }

  /** Returns how often the backend was asked. */
  int attempts() {
    return attempts.size();
  }

  /** Returns how long the backend wants to be left alone; empty if it does not say. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

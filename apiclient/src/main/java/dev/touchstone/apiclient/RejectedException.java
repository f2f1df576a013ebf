package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client itself refused to send, to spare the server or the caller's quota. */
public final class RejectedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** What refused. */
  public enum By {
    /** A circuit breaker that is open. */
    CIRCUIT_BREAKER,
    /** A bulkhead that is full. */
    BULKHEAD,
    /** The caller's own rate limit. */
    RATE_LIMITER,
    /** A pause that the server asked for, or a quota of the server that is used up. */
    SERVER_QUOTA,
    /** A guard of addresses: the request would have gone to a network that is not allowed. */
    ADDRESS_GUARD,
    /** An authenticator that has no credential; the cause says why. */
    CREDENTIALS
  }

  private final By by;
  private final @Nullable Instant retryAt;

  RejectedException(
      RequestSummary request,
      By by,
      String message,
      @Nullable Instant retryAt,
      @Nullable Throwable cause) {
    super(request, message, Delivery.NOT_SENT, cause);
    this.by = requireNonNull(by, "by");
    this.retryAt = retryAt;
  }

  /** Returns what refused. */
  public By by() {
    return by;
  }

  /** Returns when a call may get through again; empty if that is not known. */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /** Returns true, unless the address is not allowed. */
  @Override
  public boolean isWorthRetryingLater() {
    return by != By.ADDRESS_GUARD;
  }
}

package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. The subtypes are the things that a caller can react to:
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="errors"}
 *
 * <p>The failures of earlier attempts are suppressed exceptions, in order. Neither message nor
 * {@code toString} shows bodies, header values, queries or the values of template variables; the
 * message of a cause may.
 */
public abstract sealed class ApiException extends RuntimeException
    permits CancelledException,
        DeadlineException,
        DecodeException,
        HttpStatusException,
        RejectedException,
        TransportException {

  private static final long serialVersionUID = 1L;

  private final transient RequestSummary request;
  private final Delivery delivery;

  /* Set once, by the thread that runs the call, before anybody else sees the exception. */
  private transient List<Attempt> attempts = List.of();
  private String verdict = "";

  ApiException(
      RequestSummary request, String message, Delivery delivery, @Nullable Throwable cause) {
    super(request + ": " + message, cause);
    this.request = requireNonNull(request, "request");
    this.delivery = requireNonNull(delivery, "delivery");
  }

  /**
   * Returns how far the call got. If any attempt may have been applied, this is {@link
   * Delivery#UNKNOWN}, however the last one ended.
   */
  public final Delivery delivery() {
    var unknown = attempts.stream().anyMatch(attempt -> attempt.delivery() == Delivery.UNKNOWN);
    return unknown ? Delivery.UNKNOWN : delivery;
  }

  /** Returns the attempts that were made, in order; empty if the call never got to one. */
  public final List<Attempt> attempts() {
    return attempts;
  }

  /** Returns the request, without the values of its variables. */
  public final RequestSummary request() {
    return request;
  }

  /**
   * Returns whether the same call may well succeed later: true for failures of the network and the
   * server, false for a request that is wrong as it stands.
   */
  public abstract boolean isWorthRetryingLater();

  /** Returns what failed, how often it was tried, and why it was not tried again. */
  @Override
  public final String getMessage() {
    var message = new StringBuilder(String.valueOf(super.getMessage()));
    if (attempts.size() > 1) {
      message.append("; ").append(attempts.size()).append(" attempts in ").append(elapsed());
    }
    if (!verdict.isEmpty()) {
      message.append("; not retried: ").append(verdict);
    }
    return message.toString();
  }

  /** Returns how far the request of the last attempt got. */
  final Delivery ownDelivery() {
    return delivery;
  }

  final void endedWith(List<Attempt> all, String reason) {
    attempts = List.copyOf(all);
    verdict = reason;
    for (var attempt : all) {
      attempt.failure().filter(earlier -> !earlier.equals(this)).ifPresent(this::addSuppressed);
    }
  }

  /* Requests, attempts and answers do not travel with a serialized exception; its message does. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    attempts = List.of();
  }

  private Duration elapsed() {
    return attempts.stream()
        .map(attempt -> attempt.waitedBefore().plus(attempt.took()))
        .reduce(Duration.ZERO, Duration::plus)
        .truncatedTo(ChronoUnit.MILLIS);
  }
}

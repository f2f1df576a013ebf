package dev.touchstone.apiclient;

import dev.touchstone.apiclient.RejectedException.By;
import dev.touchstone.apiclient.retry.RetryPolicy;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gets one attempt past the gate, the limiter, the breaker and the bulkhead. For one thread. */
final class Admission {

  /*
   * First what waits, then what counts: a breaker that is half open lets few calls through, and
   * none of them should spend its permission asleep. The bulkhead comes before it because it may be
   * configured to wait, and after the quotas so that it counts calls on the wire and nothing else.
   *
   * Whoever is refused after the gate has taken one from the server's quota for nothing, and gives
   * it back: calls that an open breaker keeps at home must not use the quota up.
   */

  private final CallContext call;
  private final Protection protection;
  private @Nullable CircuitBreaker breaker;
  private @Nullable Bulkhead bulkhead;
  private long startedNanos;

  Admission(CallContext call) {
    this.call = call;
    protection = call.settings.protection();
  }

  /**
   * Waits until the attempt may be made.
   *
   * @return how long it waited
   * @throws RejectedException if it may not, or not in time
   */
  Duration enter(RetryPolicy policy) {
    if (protection.equals(Protection.NONE)) {
      return Duration.ZERO;
    }
    var waited = passGate(policy);
    try {
      waited = waited.plus(passLimiter());
      var name = call.target.toString();
      enterBulkhead(name);
      enterBreaker(name);
    } catch (RuntimeException | Error refused) {
      // Also what the caller's listeners to breakers and bulkheads throw.
      leave();
      giveBack();
      throw refused;
    }
    startedNanos = call.settings.time().nanoTime();
    return waited;
  }

  /** Tells what went wrong with the attempt, whatever the call makes of it; null if nothing did. */
  void ended(@Nullable ApiException failure) {
    var permitted = breaker;
    if (permitted == null) {
      return;
    }
    breaker = null;
    var took = call.settings.time().nanoTime() - startedNanos;
    if (failure == null || isAnswer(failure)) {
      permitted.onSuccess(took, TimeUnit.NANOSECONDS);
    } else if (isFault(failure)) {
      permitted.onError(took, TimeUnit.NANOSECONDS, failure);
    } else {
      permitted.releasePermission();
    }
  }

  /** Leaves the bulkhead: the body is closed, or there is none. May be called again. */
  void leave() {
    var entered = bulkhead;
    bulkhead = null;
    if (entered != null) {
      entered.onComplete();
    }
  }

  /** Gives everything back after a failure that says nothing about the server. */
  void abandon() {
    leave();
    var permitted = breaker;
    breaker = null;
    if (permitted != null) {
      permitted.releasePermission();
    }
  }

  private Duration passGate(RetryPolicy policy) {
    var gate = protection.gate();
    var waited = Duration.ZERO;
    if (gate == null) {
      return waited;
    }
    for (var wait = gate.tryPass(call.target); wait > 0; wait = gate.tryPass(call.target)) {
      var least = Duration.ofNanos(wait);
      if (least.compareTo(policy.longestRetryAfter()) > 0) {
        throw rejected(By.SERVER_QUOTA, "the server's quota is used up", least);
      }
      var pause = Spread.over(least, call.settings.random().get());
      sleep(By.SERVER_QUOTA, "the server's quota is used up", pause);
      waited = waited.plus(pause);
    }
    return waited;
  }

  private void giveBack() {
    var gate = protection.gate();
    if (gate != null) {
      gate.giveBack(call.target);
    }
  }

  private Duration passLimiter() {
    var limiter = protection.limiter();
    if (limiter == null) {
      return Duration.ZERO;
    }
    var wait = limiter.reservePermission();
    if (wait < 0) {
      throw rejected(By.RATE_LIMITER, "the rate limit of the client is reached", null);
    }
    var pause = Duration.ofNanos(wait);
    sleep(By.RATE_LIMITER, "the rate limit of the client is reached", pause);
    return pause;
  }

  private void enterBreaker(String name) {
    var breakers = protection.breakers();
    if (breakers == null) {
      return;
    }
    // circuitBreaker() alone would do, but makes a map of tags even if the breaker exists
    var mine = breakers.find(name).orElseGet(() -> breakers.circuitBreaker(name));
    if (!mine.tryAcquirePermission()) {
      throw rejected(By.CIRCUIT_BREAKER, "the circuit breaker is " + mine.getState(), null);
    }
    breaker = mine;
  }

  private void enterBulkhead(String name) {
    var bulkheads = protection.bulkheads();
    if (bulkheads == null) {
      return;
    }
    var mine = bulkheads.find(name).orElseGet(() -> bulkheads.bulkhead(name));
    if (!mine.tryAcquirePermission()) {
      call.checkNotCancelled(Delivery.NOT_SENT, null);
      throw rejected(By.BULKHEAD, "too many calls are under way", null);
    }
    bulkhead = mine;
  }

  private void sleep(By by, String why, Duration wait) {
    if (wait.isZero()) {
      return;
    }
    if (wait.compareTo(call.deadline.remaining()) >= 0) {
      throw rejected(by, why, wait);
    }
    try {
      call.settings.time().sleep(wait);
    } catch (InterruptedException interrupted) {
      throw call.interrupted(interrupted);
    }
  }

  private RejectedException rejected(By by, String why, @Nullable Duration wait) {
    var message = why + " for " + call.target
        + (wait == null ? "; come back later" : "; come back in " + wait);
    var retryAt = wait == null ? null : call.settings.time().now().plus(wait);
    return new RejectedException(call.request.summary(), by, message, retryAt, null);
  }

  /* The server is well, whatever it thinks of the request; 429 says nothing either way. */
  private static boolean isAnswer(ApiException failure) {
    return failure.ownDelivery() == Delivery.ANSWERED && !(failure instanceof RateLimitedException);
  }

  /* A body that cannot be sent, and a connection that is not allowed, are the client's fault. */
  private static boolean isFault(ApiException failure) {
    return switch (failure) {
      case TransportException lost -> lost.isWorthRetryingLater();
      case HttpStatusException answer -> answer.ownDelivery() == Delivery.UNKNOWN;
      case DeadlineException late -> late.ownDelivery() == Delivery.UNKNOWN;
      case CancelledException cancelled -> false;
      case DecodeException complete -> false;
      case RejectedException refused -> false;
    };
  }
}

package dev.touchstone.apiclient;

import dev.touchstone.apiclient.retry.Failed;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.retry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes the attempts of one call. For one thread.
 *
 * <p><b>Source:</b> RFC 9110 sections 9.2.2 (what may be retried) and 10.2.3 (Retry-After); the
 * standard retry mode, version 2.1, of the AWS SDKs (budget, back-off by kind of failure).
 */
final class RetryLoop {

  /*
   * An attempt includes reading and decoding the answer: a body that breaks off is a failure of the
   * connection like any other, and a client that decodes outside of its retries cannot retry it.
   *
   * What ends the loop, in this order: success; cancellation and deadline; the classifier; the last
   * attempt; a wait that the server asks for and nobody wants to wait; a wait that would end after
   * the deadline, in which case the caller learns now and not then; an empty budget.
   *
   * The server's wait is a lower bound, and all clients that were told the same second would come
   * back in it: a little is added at random, never taken away.
   */

  /** Reads an answer; its failures are failures of the attempt. */
  @FunctionalInterface
  interface Reader<R extends @Nullable Object> {

    /** Reads the answer, closes it, and leaves the bulkhead. */
    R read(
        Exchange exchange,
        Response response,
        Supplier<List<Attempt>> attempts,
        Admission admission);
  }

  private final CallContext call;
  private final RetryPolicy policy;
  private final Watch watch;
  private List<Attempt> attempts = List.of(); // replaced when the first fails

  private Optional<Verdict.Kind> lastRetry = Optional.empty();
  private Duration waited = Duration.ZERO;
  private Duration previousBackoff = Duration.ZERO;
  private int failuresSincePushBack;

  RetryLoop(CallContext call) {
    this.call = call;
    watch = new Watch(call);
    policy = call.request.policy(call.settings.retry());
  }

  <R extends @Nullable Object> R run(Reader<R> reader) {
    while (true) {
      var started = new Started();
      try {
        return attempt(started, reader);
      } catch (ApiException failure) {
        attempts = started.plus(started.failed(failure));
        watch.attemptEnded(attempts.getLast());
        waitOrThrow(failure);
      }
    }
  }

  private <R extends @Nullable Object> R attempt(Started started, Reader<R> reader) {
    if (call.deadline.isPassed()) {
      throw call.late(Delivery.NOT_SENT, null);
    }
    var admission = new Admission(call);
    waited = waited.plus(admission.enter(policy));
    started.begin();
    try {
      var exchange = new Exchange(call);
      started.exchange = exchange;
      return answered(exchange, exchange.send(), started, reader, admission);
    } catch (ApiException failure) {
      admission.leave();
      admission.ended(failure);
      throw failure;
    } catch (RuntimeException | Error failure) {
      admission.abandon();
      throw failure;
    }
  }

  /** Reads the answer, and tells all who want to know that the call has succeeded. */
  private <R extends @Nullable Object> R answered(
      Exchange exchange,
      Response response,
      Started started,
      Reader<R> reader,
      Admission admission) {
    try {
      var result = reader.read(exchange, response, started::soFar, admission);
      admission.ended(exchange.fault(response));
      policy.budget().succeeded(call.target, lastRetry);
      watch.succeeded(started::soFar);
      CallLog.succeeded(call, attempts.size() + 1);
      return result;
    } catch (RuntimeException | Error failure) {
      response.close(); // a budget is the caller's and may throw, before a stream was read
      throw failure;
    }
  }

  private void waitOrThrow(ApiException failure) {
    pauseOthers(failure);
    var verdict = failure instanceof DeadlineException || failure instanceof CancelledException
        ? new Verdict.Stop("")
        : policy.classifier().classify(failed(failure));
    switch (verdict) {
      case Verdict.Stop stop -> throw ended(failure, stop.reason());
      case Verdict.Retry retry -> waitFor(retry, failure);
    }
  }

  /** Lets no other call to the target find out for itself that the server wants a pause. */
  private void pauseOthers(ApiException failure) {
    var gate = call.settings.protection().gate();
    if (gate != null
        && failure instanceof HttpStatusException answer
        && (answer instanceof RateLimitedException || answer.status() == 503)) {
      answer.retryAfter().ifPresent(wait -> gate.pause(call.target, wait));
    }
  }

  private Failed failed(ApiException failure) {
    return new Failed(
        call.request.method(),
        call.isIdempotent(),
        call.isReplayable(),
        attempts.getLast().delivery(),
        failure);
  }

  private void waitFor(Verdict.Retry retry, ApiException failure) {
    if (attempts.size() >= policy.maxAttempts()) {
      throw ended(failure, policy.maxAttempts() == 1 ? "" : "that was the last attempt");
    }
    if (retry.notBefore().isPresent()
        && retry.notBefore().get().compareTo(policy.longestRetryAfter()) > 0) {
      throw ended(
          failure,
          "the server asks to wait " + retry.notBefore().get() + ", longer than longestRetryAfter, "
              + policy.longestRetryAfter());
    }
    var wait = wait(retry);
    if (wait.compareTo(call.deadline.remaining()) >= 0) {
      throw ended(
          failure,
          "the next attempt, in " + wait + ", would come after the time limit, " + call.timeout);
    }
    if (!policy.budget().tryWithdraw(call.target, retry.kind())) {
      throw ended(failure, "the retry budget of " + call.target + " is used up");
    }
    CallLog.backingOff(attempts.size(), wait, failure);
    watch.backingOff(wait, failure);
    sleep(wait, failure);
    waited = wait;
    lastRetry = Optional.of(retry.kind());
  }

  private Duration wait(Verdict.Retry retry) {
    failuresSincePushBack++;
    var random = call.settings.random().get();
    var backoff = policy.backoff(retry.kind()).next(failuresSincePushBack, previousBackoff, random);
    previousBackoff = backoff;
    if (retry.notBefore().isEmpty()) {
      return backoff;
    }
    failuresSincePushBack = 0;
    previousBackoff = Duration.ZERO;
    var least = retry.notBefore().get();
    return Spread.over(least.compareTo(backoff) > 0 ? least : backoff, random);
  }

  private void sleep(Duration wait, ApiException failure) {
    try {
      call.checkNotCancelled(Delivery.NOT_SENT, failure);
      call.settings.time().sleep(wait);
    } catch (InterruptedException interrupted) {
      throw ended(call.interrupted(interrupted), "");
    } catch (CancelledException cancelled) {
      throw ended(cancelled, "");
    }
  }

  private ApiException ended(ApiException failure, String reason) {
    failure.endedWith(attempts, reason);
    watch.callEnded(attempts);
    CallLog.failed(failure);
    return failure;
  }

  /** An attempt that is being made. */
  private final class Started {

    private long nanos;
    private @Nullable Instant at;
    private @Nullable Exchange exchange;

    /** Starts the clock, after the wait for permission. */
    void begin() {
      watch.attemptStarted();
      nanos = call.settings.time().nanoTime();
      at = call.settings.time().now();
    }

    /** Returns the attempts so far, this one included, as a success. */
    List<Attempt> soFar() {
      return plus(toAttempt(Optional.empty(), Delivery.ANSWERED));
    }

    private List<Attempt> plus(Attempt last) {
      if (attempts.isEmpty()) {
        return List.of(last);
      }
      var all = new ArrayList<>(attempts);
      all.add(last);
      return List.copyOf(all);
    }

    Attempt failed(ApiException failure) {
      var delivery = exchange == null ? failure.ownDelivery() : exchange.delivery(failure);
      return toAttempt(Optional.of(failure), delivery);
    }

    private Attempt toAttempt(Optional<ApiException> failure, Delivery delivery) {
      var began = at; // null if it was not permitted, and took no time
      return new Attempt(
          attempts.size() + 1,
          began == null ? call.settings.time().now() : began,
          waited,
          began == null ? Duration.ZERO : Duration.ofNanos(call.settings.time().nanoTime() - nanos),
          exchange == null || exchange.status() == 0
              ? OptionalInt.empty()
              : OptionalInt.of(exchange.status()),
          failure,
          delivery);
    }
  }
}

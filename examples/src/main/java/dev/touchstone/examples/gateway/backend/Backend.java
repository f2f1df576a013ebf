package dev.touchstone.examples.gateway.backend;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.network.RedirectRules;
import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.apiclient.retry.Backoff;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.examples.gateway.definition.BackendDefinition;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;

/** A server that calls go to, and how it does. */
public final class Backend {

  /*
   * A gateway answers within its deadline or not at all, so waits between attempts are short, and a
   * server that asks for a longer one is not asked again. Redirects are not followed: where calls go is
   * up to the definition.
   */

  private static final Backoff BACKOFF =
      Backoff.fullJitter(Duration.ofMillis(20), Duration.ofSeconds(1));
  private static final int TRIALS = 3;

  private final BackendDefinition definition;
  private final BulkheadRegistry bulkheads;
  private final CircuitBreakerRegistry breakers;
  private final RecentFailures failures;
  private final ApiClient client;

  Backend(BackendDefinition definition, OkHttpClient connections, CallObserver observer) {
    this.definition = definition;
    bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
        .maxConcurrentCalls(definition.concurrency())
        .maxWaitDuration(Duration.ZERO)
        .build());
    failures = new RecentFailures(observer);
    breakers = CircuitBreakerRegistry.of(breaker(definition.breaker()));
    var options = ApiClient.builder(url())
        .okHttp(connections)
        .attemptTimeout(definition.timeout())
        .maxResponseBytes(definition.maxBytes())
        .redirects(RedirectRules.standard().maxHops(0))
        .retry(RetryPolicy.builder()
            .maxAttempts(definition.attempts())
            .transientBackoff(BACKOFF)
            .throttledBackoff(BACKOFF)
            .longestRetryAfter(Duration.ofSeconds(1))
            .build())
        .circuitBreakers(breakers)
        .bulkheads(bulkheads)
        .observe(failures);
    definition.headers().forEach(options::defaultHeader);
    client = options.build();
  }

  private static CircuitBreakerConfig breaker(BackendDefinition.Breaker breaker) {
    return CircuitBreakerConfig.custom()
        .failureRateThreshold(breaker.failures())
        .slidingWindowSize(breaker.of())
        .minimumNumberOfCalls(breaker.of())
        .waitDurationInOpenState(breaker.rest())
        .permittedNumberOfCallsInHalfOpenState(TRIALS)
        .build();
  }

  /** Returns what calls it, at {@link #url} and what is below. */
  public ApiClient client() {
    return client;
  }

  /** Returns its URL without a slash at its end. */
  public String url() {
    var url = definition.url().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Returns what it was made from. */
  public BackendDefinition definition() {
    return definition;
  }

  /** Returns how it does now. */
  public State state() {
    var breaker = breakers.getAllCircuitBreakers().stream().findAny();
    var bulkhead = bulkheads.getAllBulkheads().stream().findAny().map(Bulkhead::getMetrics);
    return new State(
        definition.name(),
        definition.url().toString(),
        breaker
            .map(b -> b.getState().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .orElse("closed"),
        breaker
            .map(b -> b.getMetrics().getFailureRate())
            .filter(rate -> rate >= 0)
            .orElse(0f),
        bulkhead
            .map(b -> b.getMaxAllowedConcurrentCalls() - b.getAvailableConcurrentCalls())
            .orElse(0),
        definition.concurrency(),
        failures.last());
  }

  /**
   * How a backend does.
   *
   * @param name what it is called
   * @param url where it is
   * @param breaker {@code closed}, {@code open} or {@code half-open}
   * @param failureRate the share of failed attempts among the last ones, in percent; 0 while there are
   *     too few
   * @param running how many calls are under way
   * @param concurrency how many may be
   * @param failures the last attempts that failed, the newest first
   */
  public record State(
      String name,
      String url,
      String breaker,
      float failureRate,
      int running,
      int concurrency,
      List<Failure> failures) {}

  /**
   * An attempt that failed.
   *
   * @param at when it began
   * @param message what was called, and what came of it; it may quote the backend
   */
  public record Failure(Instant at, String message) {}
}

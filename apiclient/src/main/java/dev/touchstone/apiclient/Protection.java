package dev.touchstone.apiclient;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import org.jspecify.annotations.Nullable;

/** What stands between a call and the wire, each part only if the client was given it. */
record Protection(
    @Nullable QuotaGate gate,
    @Nullable RateLimiter limiter,
    @Nullable CircuitBreakerRegistry breakers,
    @Nullable BulkheadRegistry bulkheads) {

  static final Protection NONE = new Protection(null, null, null, null);
}

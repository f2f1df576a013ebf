package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the jobs of one kind are handled. Not for several threads.
 *
 * @param <J> the record of the job
 */
public final class HandlerOptions<J> {

  final Class<J> type;
  final JobHandler<J> handler;
  final Map<Integer, Upcaster> upcasters = new HashMap<>();
  RetryPolicy retry = RetryPolicy.DEFAULT;
  Optional<Duration> timeout = Optional.of(Duration.ofMinutes(5));

  HandlerOptions(Class<J> type, JobHandler<J> handler) {
    this.type = requireNonNull(type, "type");
    this.handler = requireNonNull(handler, "handler");
  }

  /** Sets whether and when failed attempts are repeated. The default is that of the policy. */
  public HandlerOptions<J> retry(RetryPolicy retry) {
    this.retry = requireNonNull(retry, "retry");
    return this;
  }

  /**
   * Sets how long an attempt may take before it is interrupted. The default is 5 minutes.
   *
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  public HandlerOptions<J> timeout(Duration timeout) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
    this.timeout = Optional.of(timeout);
    return this;
  }

  /** Lets an attempt take as long as it takes. */
  public HandlerOptions<J> unlimited() {
    timeout = Optional.empty();
    return this;
  }

  /** Accepts jobs of an older version, by turning their payloads into those of the next one. */
  public HandlerOptions<J> upcast(int fromVersion, Upcaster upcaster) {
    upcasters.put(fromVersion, requireNonNull(upcaster, "upcaster"));
    return this;
  }
}

package dev.touchstone.concurrency.limit;

import static java.util.Objects.requireNonNull;

/**
 * Uses the adaptive limits of Netflix's concurrency-limits, such as Vegas and Gradient2.
 *
 * <p>Needs the library {@code com.netflix.concurrency-limits:concurrency-limits-core}, an optional
 * dependency. Only its limits are used: permits are those of {@link ConcurrencyLimiter}.
 */
public final class NetflixLimits {

  private NetflixLimits() {}

  /** Returns a limit that decides as the given one does. */
  @SuppressWarnings("exports") // the module of the library is optional
  public static Limit adapt(com.netflix.concurrency.limits.Limit limit) {
    return new Adapted(requireNonNull(limit, "limit"));
  }

  private record Adapted(com.netflix.concurrency.limits.Limit limit) implements Limit {

    @Override
    public int current() {
      return Math.max(1, limit.getLimit());
    }

    @Override
    public void onSample(long rttNanos, int inFlight, Outcome outcome) {
      limit.onSample(0, rttNanos, inFlight, outcome == Outcome.DROPPED);
    }
  }
}

package dev.touchstone.concurrency.limit;

import static java.util.Objects.requireNonNull;

import java.util.function.IntSupplier;

/**
 * Uses the adaptive limits of Netflix's concurrency-limits, such as Vegas and Gradient2.
 *
 * <p>This module does not depend on that library: a limit is handed over as its two methods.
 * {@snippet class="dev.touchstone.concurrency.limit.SnippetsTest" region="netflix"}
 *
 * <p>Only its limits are used: permits are those of {@link ConcurrencyLimiter}.
 */
public final class NetflixLimits {

  private NetflixLimits() {}

  /** The method {@code onSample} of a limit of Netflix. */
  @FunctionalInterface
  public interface SampleListener {

    /**
     * Called for each sample.
     *
     * @param startTime not used by any limit; always 0
     * @param rtt how long the work took, in nanoseconds
     * @param inflight how much was being done when it started
     * @param didDrop whether it was dropped
     */
    void onSample(long startTime, long rtt, int inflight, boolean didDrop);
  }

  /**
   * Returns a limit that decides as the given one does.
   *
   * @param getLimit the method {@code getLimit} of the limit; less than 1 counts as 1
   * @param onSample the method {@code onSample} of the limit
   */
  public static Limit adapt(IntSupplier getLimit, SampleListener onSample) {
    return new Adapted(requireNonNull(getLimit, "getLimit"), requireNonNull(onSample, "onSample"));
  }

  private record Adapted(IntSupplier limit, SampleListener listener) implements Limit {

    @Override
    public int current() {
      return Math.max(1, limit.getAsInt());
    }

    @Override
    public void onSample(long rttNanos, int inFlight, Outcome outcome) {
      listener.onSample(0, rttNanos, inFlight, outcome == Outcome.DROPPED);
    }
  }
}

package dev.touchstone.concurrency.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** Additive increase, multiplicative decrease. */
final class AimdLimit implements Limit {

  private final int min;
  private final int max;
  private final AtomicInteger current;

  AimdLimit(int min, int initial, int max) {
    if (min < 1 || initial < min || max < initial) {
      throw new IllegalArgumentException(
          "must be 1 <= min <= initial <= max, was min %d, initial %d, max %d"
              .formatted(min, initial, max));
    }
    this.min = min;
    this.max = max;
    current = new AtomicInteger(initial);
  }

  @Override
  public int current() {
    return current.get();
  }

  @Override
  public void onSample(long rttNanos, int inFlight, Outcome outcome) {
    switch (outcome) {
      case SUCCESS ->
        current.updateAndGet(limit -> limit < max && inFlight * 2L >= limit ? limit + 1 : limit);
      case DROPPED -> current.updateAndGet(limit -> Math.max(min, (int) (limit * 9L / 10)));
    }
  }

  @Override
  public String toString() {
    return "AimdLimit[%d, from %d to %d]".formatted(current(), min, max);
  }
}

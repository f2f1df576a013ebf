package dev.touchstone.concurrency.limit;

/** A limit that stays as it is. */
record FixedLimit(int current) implements Limit {

  FixedLimit {
    if (current < 1) {
      throw new IllegalArgumentException("limit must be at least 1, was " + current);
    }
  }

  @Override
  public void onSample(long rttNanos, int inFlight, Outcome outcome) {}
}

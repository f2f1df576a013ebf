package dev.touchstone.examples.gateway.cache;

import dev.touchstone.examples.gateway.aggregate.Answer;
import java.time.Duration;

/**
 * An answer that is kept.
 *
 * @param answer the answer
 * @param storage for how long it is fresh
 * @param nanos when it was asked for
 */
record Kept(Answer answer, Storage storage, long nanos) {

  private static final int OVERHEAD = 1_024; // fields, key, references: by and large

  /** Returns how old it is. */
  Duration age(long now) {
    return storage.age().plusNanos(now - nanos);
  }

  /** Returns how long it is fresh from now; negative if it is stale. */
  Duration freshness(long now) {
    return storage.lifetime().minus(age(now));
  }

  int weight() {
    return answer.body().length + OVERHEAD;
  }
}

package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How tasks ended. Safe for use by several threads. */
final class Counters {

  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final Map<RejectionReason, LongAdder> rejected = new EnumMap<>(RejectionReason.class);

  Counters() {
    for (var reason : RejectionReason.values()) {
      rejected.put(reason, new LongAdder());
    }
  }

  void completed() {
    completed.increment();
  }

  void failed() {
    failed.increment();
  }

  void cancelled() {
    cancelled.increment();
  }

  void rejected(RejectionReason reason) {
    requireNonNull(rejected.get(reason)).increment();
  }

  long completedSoFar() {
    return completed.sum();
  }

  long failedSoFar() {
    return failed.sum();
  }

  long cancelledSoFar() {
    return cancelled.sum();
  }

  /** Returns how many tasks ended by themselves. */
  long endedSoFar() {
    return completed.sum() + failed.sum();
  }

  Map<RejectionReason, Long> rejectedSoFar() {
    var counts = new EnumMap<RejectionReason, Long>(RejectionReason.class);
    rejected.forEach((reason, count) -> {
      if (count.sum() > 0) {
        counts.put(reason, count.sum());
      }
    });
    return counts;
  }
}

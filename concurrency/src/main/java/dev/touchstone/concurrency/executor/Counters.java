package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many tasks ended how, or were not accepted. Safe for use by several threads. */
final class Counters {

  private final Map<TaskOutcome, LongAdder> ended = adders(TaskOutcome.class);
  private final Map<RejectionReason, LongAdder> rejected = adders(RejectionReason.class);

  private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> type) {
    var adders = new EnumMap<K, LongAdder>(type);
    for (var key : type.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  void ended(TaskOutcome outcome) {
    requireNonNull(ended.get(outcome)).increment();
  }

  void rejected(RejectionReason reason) {
    requireNonNull(rejected.get(reason)).increment();
  }

  long count(TaskOutcome outcome) {
    return requireNonNull(ended.get(outcome)).sum();
  }

  /** Returns how many tasks ended by themselves. */
  long endedByThemselves() {
    return count(TaskOutcome.COMPLETED) + count(TaskOutcome.FAILED);
  }

  /** Returns how many tasks were rejected, for each reason for which one was. */
  Map<RejectionReason, Long> countsOfRejected() {
    var counts = new EnumMap<RejectionReason, Long>(RejectionReason.class);
    rejected.forEach((reason, count) -> {
      if (count.sum() > 0) {
        counts.put(reason, count.sum());
      }
    });
    return counts;
  }
}

package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a worker does. */
final class Tally {

  private final LongAdder claimed = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder buried = new LongAdder();
  private final LongAdder returned = new LongAdder();
  private final LongAdder refused = new LongAdder();

  void claimed(int jobs) {
    claimed.add(jobs);
  }

  void settled(Settlement settlement) {
    switch (settlement) {
      case Settlement.Succeeded done -> succeeded.increment();
      case Settlement.Again again when again.end() == AttemptEnd.RETURNED -> returned.increment();
      case Settlement.Again again -> retried.increment();
      case Settlement.Dead dead -> buried.increment();
      case Settlement.Cancelled cancelled -> buried.increment();
    }
  }

  void refused() {
    refused.increment();
  }

  WorkerStatistics snapshot(int running) {
    return new WorkerStatistics(
        claimed.sum(),
        succeeded.sum(),
        retried.sum(),
        buried.sum(),
        returned.sum(),
        refused.sum(),
        running);
  }
}

package dev.touchstone.examples.taskqueue;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.Amount;
import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.Buckets;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Measure;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens in the queues, for whoever looks at them: in memory, and handed over to the
 * store every few seconds, so that it costs the same however many jobs there are. What a killed
 * process has not handed over is missing.
 */
final class QueueFigures {

  private record Key(String queue, Measure measure, int bucket) {}

  /** The time of the store when the clock of the process had this reading. */
  private record Reading(Instant store, long nanos) {}

  private final JobStore store;
  private final TimeSource time;
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile Reading reading;

  QueueFigures(JobStore store, TimeSource time) {
    this.store = store;
    this.time = time;
    reading = new Reading(Instant.EPOCH, time.nanoTime());
  }

  /** Compares the clocks. */
  void synchronize() {
    reading = new Reading(store.now(), time.nanoTime());
  }

  void started(ClaimedJob job) {
    var last = reading;
    var now = last.store().plusNanos(time.nanoTime() - last.nanos());
    count(job.queue(), Measure.STARTED, 0, 1);
    count(job.queue(), Measure.WAIT, Buckets.of(Duration.between(job.dueAt(), now)), 1);
  }

  void settled(String queue, Settlement settlement) {
    switch (settlement) {
      case Settlement.Succeeded done -> {
        count(queue, Measure.SUCCEEDED, 0, 1);
        count(queue, Measure.RUN, Buckets.of(done.ran()), 1);
      }
      case Settlement.Again again
      when again.end() == AttemptEnd.FAILED || again.end() == AttemptEnd.TIMED_OUT ->
        count(queue, Measure.FAILED, 0, 1);
      case Settlement.Again again -> {} // neither done nor failed
      case Settlement.Dead dead -> count(queue, Measure.BURIED, 0, 1);
      case Settlement.Cancelled cancelled -> count(queue, Measure.BURIED, 0, 1);
    }
  }

  private void count(String queue, Measure measure, int bucket, long times) {
    counts
        .computeIfAbsent(new Key(queue, measure, bucket), first -> new LongAdder())
        .add(times);
  }

  /** Hands over what was counted; returns whether there was something. */
  boolean handOver() {
    var amounts = new ArrayList<Amount>();
    counts.forEach((key, count) -> {
      var times = count.sumThenReset();
      if (times > 0) {
        amounts.add(new Amount(key.queue(), key.measure(), key.bucket(), times));
      }
    });
    if (amounts.isEmpty()) {
      return false;
    }
    try {
      store.add(amounts);
      return true;
    } catch (RuntimeException e) {
      keep(amounts);
      throw e;
    }
  }

  private void keep(List<Amount> amounts) {
    amounts.forEach(
        amount -> count(amount.queue(), amount.measure(), amount.bucket(), amount.count()));
  }
}

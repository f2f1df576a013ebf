package dev.touchstone.examples.taskqueue.admin;

import dev.touchstone.examples.taskqueue.store.Buckets;
import dev.touchstone.examples.taskqueue.store.Measure;
import dev.touchstone.examples.taskqueue.store.MinuteAmount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What workers have counted in the last minutes.
 *
 * @param now when that was asked
 * @param amounts what they have counted
 */
public record RecentFigures(Instant now, List<MinuteAmount> amounts) {

  /** Copies the list. */
  public RecentFigures {
    amounts = List.copyOf(amounts);
  }

  /** Returns the figures of one queue. */
  public RecentFigures of(String queue) {
    return new RecentFigures(
        now,
        amounts.stream().filter(amount -> amount.amount().queue().equals(queue)).toList());
  }

  /** Returns how often something happened. */
  public long sum(Measure measure) {
    return amounts.stream()
        .filter(amount -> amount.amount().measure() == measure)
        .mapToLong(amount -> amount.amount().count())
        .sum();
  }

  /** Returns how often something happened in each of the last full minutes, the newest last. */
  public List<Long> perMinute(Measure measure, int minutes) {
    var counts = amounts.stream()
        .filter(amount -> amount.amount().measure() == measure)
        .collect(Collectors.groupingBy(
            MinuteAmount::minute,
            Collectors.summingLong(amount -> amount.amount().count())));
    var current = now.truncatedTo(ChronoUnit.MINUTES);
    return LongStream.rangeClosed(1, minutes)
        .mapToObj(
            back -> counts.getOrDefault(current.minus(minutes + 1 - back, ChronoUnit.MINUTES), 0L))
        .toList();
  }

  /** Returns a time that this share did not exceed; see {@link Buckets#quantile}. */
  public Optional<Duration> quantile(Measure measure, double share) {
    Map<Integer, Long> counts = amounts.stream()
        .map(MinuteAmount::amount)
        .filter(amount -> amount.measure() == measure)
        .collect(Collectors.groupingBy(
            amount -> amount.bucket(), Collectors.summingLong(amount -> amount.count())));
    return Buckets.quantile(counts, share);
  }
}

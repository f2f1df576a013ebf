package dev.touchstone.examples.web;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How often something happened in each of the last 120 seconds. Reads no clock: times are nanoseconds
 * since any moment, and do not go back. For one thread at a time.
 */
public final class Throughput {

  private static final int SECONDS = 120;
  private static final long SECOND = 1_000_000_000;

  private final long start;
  private final long[] counts = new long[SECONDS];
  private long newest;

  /** Creates one in which nothing has happened yet. */
  public Throughput(long start) {
    this.start = start;
  }

  /** Takes down that it happened so many times. */
  public void add(long times, long now) {
    counts[slot(second(now))] += times;
  }

  /** Returns the counts of the whole seconds that are over, the newest last; no more than there were. */
  public List<Long> perSecond(long now) {
    var current = second(now);
    var known = (int) Math.min(current, SECONDS - 1);
    return LongStream.range(current - known, current)
        .mapToObj(second -> counts[slot(second)])
        .toList();
  }

  /** Returns the mean of the last seconds that are over, at most 30; 0 in the first second. */
  public double recent(long now) {
    var values = perSecond(now);
    return values.stream()
        .skip(Math.max(0, values.size() - 30))
        .mapToLong(Long::longValue)
        .average()
        .orElse(0);
  }

  /* Empties the slots of the seconds since the last call, whose turn comes again. */
  private long second(long now) {
    var second = (now - start) / SECOND;
    for (var at = Math.max(newest + 1, second - SECONDS + 1); at <= second; at++) {
      counts[slot(at)] = 0;
    }
    newest = Math.max(newest, second);
    return second;
  }

  private static int slot(long second) {
    return (int) (second % SECONDS);
  }
}

package dev.touchstone.examples.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.keyed.SingleFlight;
import dev.touchstone.examples.gateway.aggregate.Answers;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The answers that are kept, those of all routes. It outlives a reload. Safe for use by several threads.
 */
public final class AnswerCache implements AutoCloseable {

  /**
   * What it did so far.
   *
   * @param hits answers that were given out as they were kept, stale ones included
   * @param misses answers that backends were asked for
   * @param entries how many are kept, by and large
   * @param bytes how much memory they take, by and large
   */
  public record Figures(long hits, long misses, long entries, long bytes) {}

  /**
   * How often answers of a route were kept.
   *
   * @param hits answers that were given out as they were kept, stale ones included
   * @param misses answers that backends were asked for
   */
  public record Uses(long hits, long misses) {}

  /** Counts the uses of a route. Safe for use by several threads. */
  static final class Counter {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    void hit() {
      hits.increment();
    }

    void miss() {
      misses.increment();
    }

    private Uses uses() {
      return new Uses(hits.sum(), misses.sum());
    }
  }

  /* Each is over within the deadline of its route, and one for each key: this is no queue to wait in. */
  private static final int MOST_FLIGHTS = 100_000;

  private final Cache<Key, Kept> answers;
  private final TimeSource time;
  private final Changes changes;
  private final ManagedExecutor executor;
  private final SingleFlight<Key, Flight> flights;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>(); // by routes

  /**
   * Creates an empty cache.
   *
   * @param maxBytes how much memory the answers may take, by and large
   */
  public AnswerCache(long maxBytes, TimeSource time) {
    this.time = time;
    changes = new Changes(time.nanoTime());
    executor =
        ManagedExecutor.virtual("gateway-cache").concurrency(MOST_FLIGHTS).build();
    flights = SingleFlight.on(executor);
    answers = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher((Key key, Kept kept) -> key.weight() + kept.weight())
        .executor(Runnable::run) // what little there is to clean up needs no other thread
        .build();
  }

  /** Returns answers that are kept as a route says, and are taken from others if they are not. */
  public Answers caching(Answers others, RouteDefinition route) {
    return new CachedAnswers(this, others, route);
  }

  /** Forgets what is kept of a path, because it may have changed; also what is being asked for now. */
  public void forget(String path) {
    changes.changed(path, time.nanoTime());
  }

  /** Returns what it did so far. */
  public Figures figures() {
    var bytes =
        answers.policy().eviction().map(all -> all.weightedSize().orElse(0)).orElse(0L);
    var uses = counters.values().stream().map(Counter::uses).toList();
    return new Figures(
        uses.stream().mapToLong(Uses::hits).sum(),
        uses.stream().mapToLong(Uses::misses).sum(),
        answers.estimatedSize(),
        bytes);
  }

  /** Returns what it did so far for a route, by its name; zeros if it keeps none of its answers. */
  public Uses uses(String route) {
    var counter = counters.get(route);
    return counter == null ? new Uses(0, 0) : counter.uses();
  }

  /** Ends what runs in the background. */
  @Override
  public void close() {
    executor.close();
  }

  // For the answers of routes

  Optional<Kept> find(Key key) {
    return Optional.ofNullable(answers.getIfPresent(key))
        .filter(kept -> changes.areBefore(kept.nanos(), key.path()));
  }

  void put(Key key, Kept kept) {
    answers.put(key, kept);
  }

  SingleFlight<Key, Flight> flights() {
    return flights;
  }

  ManagedExecutor executor() {
    return executor;
  }

  TimeSource time() {
    return time;
  }

  Counter counter(String route) {
    return counters.computeIfAbsent(route, name -> new Counter());
  }
}

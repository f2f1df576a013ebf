package dev.touchstone.examples.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import dev.touchstone.concurrency.keyed.SingleFlight;
import dev.touchstone.examples.gateway.aggregate.Answers;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
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

  /** What is asked for: who asks after a change does not share an answer from before. */
  private record Question(Key key, long lastChange) {}

  /* Each is over within the deadline of its route, and one for each key: this is no queue to wait in. */
  private static final int MOST_FLIGHTS = 100_000;

  private final Cache<Key, Kept> answers;
  private final TimeSource time;
  private final Changes changes;
  private final ManagedExecutor executor;
  private final SingleFlight<Question, Flight> flights;
  private final Set<Key> refreshing = ConcurrentHashMap.newKeySet();
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

  /** Asks for an answer, together with all who ask for the same at the same time. */
  Flight ask(Key key, Callable<Flight> work, Duration longest)
      throws InterruptedException, ExecutionException, TimeoutException {
    return flights.get(question(key), work, longest);
  }

  /** Asks for an answer in the background, unless that is being done already. */
  void refresh(Key key, Callable<Flight> work) {
    if (refreshing.add(key)) {
      try {
        executor.execute(() -> refreshNow(key, work));
      } catch (TaskRejectedException e) { // the cache is being closed
        refreshing.remove(key);
      }
    }
  }

  private void refreshNow(Key key, Callable<Flight> work) {
    try {
      flights.get(question(key), work);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer could not be made again", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the cache is being closed
    } finally {
      refreshing.remove(key);
    }
  }

  private Question question(Key key) {
    return new Question(key, changes.last(key.path()));
  }

  TimeSource time() {
    return time;
  }

  Counter counter(String route) {
    return counters.computeIfAbsent(route, name -> new Counter());
  }
}

package dev.touchstone.concurrency.keyed;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets all who ask for the same key at the same time share one execution.
 *
 * <p>However many threads miss the cache at once, this asks the service once:
 * {@snippet class="dev.touchstone.concurrency.keyed.SnippetsTest" region="single-flight"}
 *
 * <p>Nothing is cached: a call that comes after the end of an execution starts another one. The work
 * runs on the executor, not on the thread of a caller: a caller that is interrupted, or whose time is
 * over, leaves the others waiting, and the work is cancelled only when the last one has left. It may
 * still be ending then when the next call starts another execution.
 *
 * <p>Safe for use by several threads. The work happens before the return of each call that shares it.
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode}
 * @param <V> the type of the results
 */
public final class SingleFlight<K, V extends @Nullable Object> {

  private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
  private final ManagedExecutor executor;
  private final TimeSource time;

  private SingleFlight(ManagedExecutor executor, TimeSource time) {
    this.executor = requireNonNull(executor, "executor");
    this.time = requireNonNull(time, "time");
  }

  /** Returns a single flight that runs its work on the executor. */
  public static <K, V extends @Nullable Object> SingleFlight<K, V> on(ManagedExecutor executor) {
    return on(executor, TimeSource.system());
  }

  /**
   * Returns a single flight that runs its work on the executor.
   *
   * @param time measures the timeouts
   */
  public static <K, V extends @Nullable Object> SingleFlight<K, V> on(
      ManagedExecutor executor, TimeSource time) {
    return new SingleFlight<>(executor, time);
  }

  /**
   * Returns the result of the work that runs for the key; starts the given one if none does.
   *
   * <p>If the executor is full, a caller that starts the work waits for a place or is rejected, as
   * its {@code Saturation} says.
   *
   * @throws ExecutionException if the work failed, was rejected or cancelled by the executor: each
   *     caller gets an exception of its own, with the same cause
   * @throws InterruptedException if the flag was set on entry or while waiting
   * @throws IllegalStateException if the work for the key asks for the same key: it would wait for
   *     itself
   */
  public V get(K key, Callable<? extends V> work) throws InterruptedException, ExecutionException {
    try {
      return get(key, work, Patience.endless(time));
    } catch (TimeoutException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Returns the result of the work that runs for the key; starts the given one if none does.
   *
   * <p>The time for which an executor that is full lets the caller wait is not limited by this one.
   *
   * @param timeout how long to wait for the result
   * @throws TimeoutException if there is no result in time; the work goes on for others
   * @throws ExecutionException as for the other {@code get}
   * @throws InterruptedException if the flag was set on entry or while waiting
   * @throws IllegalStateException as for the other {@code get}
   */
  public V get(K key, Callable<? extends V> work, Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    return get(key, work, Patience.of(timeout, time));
  }

  private V get(K key, Callable<? extends V> work, Patience patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    requireNonNull(key, "key");
    requireNonNull(work, "work");
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before asking for " + key);
    }
    while (true) {
      var flight = board(key, work);
      if (flight != null) {
        var result = await(key, flight, patience);
        if (result != null) {
          return result.get();
        }
      }
    }
  }

  /** Joins a flight, or starts one; null if the one that was found has just ended. */
  private @Nullable Flight<V> board(K key, Callable<? extends V> work) throws InterruptedException {
    var present = flights.get(key);
    if (present == null) {
      var fresh = new Flight<V>();
      present = flights.putIfAbsent(key, fresh);
      if (present == null) {
        start(key, fresh, work);
        return fresh;
      }
    }
    if (present.isRunBy(Thread.currentThread())) {
      throw new IllegalStateException(
          "the work for key '" + key + "' asks for the same key, and would wait for itself");
    }
    if (present.join()) {
      return present;
    }
    flights.remove(key, present);
    return null;
  }

  private void start(K key, Flight<V> flight, Callable<? extends V> work)
      throws InterruptedException {
    try {
      var task = executor.<V>submitInterruptibly(() -> flight.run(work));
      flight.startedAs(task);
      task.whenDone((result, failure) -> {
        flights.remove(key, flight);
        flight.land(result, failure);
      });
    } catch (InterruptedException interrupted) {
      flights.remove(key, flight);
      flight.abandon(); // whoever joined it meanwhile tries again
      throw interrupted;
    } catch (Throwable failure) { // a rejection, or what code of the user throws at a submission
      flights.remove(key, flight);
      flight.land(null, failure);
      if (failure instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    }
  }

  private Flight.@Nullable Result<V> await(K key, Flight<V> flight, Patience patience)
      throws InterruptedException, TimeoutException {
    try {
      if (flight.await(patience, this)) {
        return flight.result();
      }
    } catch (InterruptedException interrupted) {
      leave(key, flight);
      throw interrupted;
    }
    leave(key, flight);
    throw new TimeoutException("no result in time for key '" + key + "'");
  }

  private void leave(K key, Flight<V> flight) {
    var task = flight.leave();
    if (task != null) {
      flights.remove(key, flight);
      task.cancel(true);
    }
  }

  /**
   * Lets the next call for the key start a new execution, also if one is running.
   *
   * <p>Those who wait for the running one get its result.
   */
  public void forget(K key) {
    flights.remove(requireNonNull(key, "key"));
  }

  /** Returns for how many keys work is running or about to. */
  public int size() {
    return flights.size();
  }

  @Override
  public String toString() {
    return "SingleFlight[%d keys]".formatted(size());
  }
}

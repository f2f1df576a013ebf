package dev.touchstone.concurrency.keyed;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.sync.LockWait;
import dev.touchstone.concurrency.sync.LockWaits;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Mutex;
import dev.touchstone.concurrency.waiting.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock for each key, reentrant and served in the order of arrival.
 *
 * <p>This moves money between two accounts while nobody else touches either of them. The locks are
 * taken in the order of the keys, whatever the order of the arguments, so two transfers in opposite
 * directions do not wait for each other:
 * {@snippet class="dev.touchstone.concurrency.keyed.SnippetsTest" region="lock-all"}
 *
 * <p>A thread that takes locks one by one can deadlock with another that takes them in another order:
 * use {@link #lockAll}, or watch the locks with a {@code StallDetector}.
 *
 * <p>Safe for use by several threads. What a thread does before it releases a key happens before what
 * the next holder of that key does.
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode}
 */
public final class KeyedLock<K> implements LockWaits {

  /*
   * A key that is held has a mutex in the table. Whoever puts it there holds it; whoever releases it
   * with nobody waiting retires it, and then removes it. A thread that finds a retired one removes
   * it too, and tries again with one of its own.
   */

  private final ConcurrentHashMap<K, Mutex> table = new ConcurrentHashMap<>();
  private final ReentrantLock guard = new ReentrantLock();
  private final String name;
  private final Comparator<? super K> order;
  private final TimeSource time;
  private final Patience endless;

  private KeyedLock(Builder<K> options) {
    name = options.name;
    order = options.order;
    time = options.timeSource;
    endless = Patience.endless(time);
  }

  /** Returns a lock with the default settings: keys in their natural order, real time. */
  public static <K> KeyedLock<K> create() {
    return KeyedLock.<K>builder().build();
  }

  /** Returns a builder. */
  public static <K> Builder<K> builder() {
    return new Builder<>();
  }

  /** The right to work on some keys. Closed by the thread that got it. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {

    /**
     * Gives the keys back, once for this hold. Closing again has no effect.
     *
     * @throws IllegalMonitorStateException if another thread closes it
     */
    @Override
    void close();
  }

  /**
   * Waits for the key.
   *
   * @throws InterruptedException if the flag was set on entry or while waiting; the key is not held
   */
  public Hold lock(K key) throws InterruptedException {
    failIfInterrupted();
    return requireNonNull(acquire(key, endless));
  }

  /** Takes the key if it is free, or held by the caller. Does not wait. */
  public Optional<Hold> tryLock(K key) {
    while (true) {
      var fresh = Mutex.usedOnce(guard);
      var present = table.putIfAbsent(requireNonNull(key, "key"), fresh);
      if (present == null) {
        return Optional.of(new KeyHold(key, fresh));
      }
      switch (present.tryLock()) {
        case TAKEN -> {
          return Optional.of(new KeyHold(key, present));
        }
        case BUSY -> {
          return Optional.empty();
        }
        case RETIRED -> table.remove(key, present);
      }
    }
  }

  /**
   * Waits for the key, but no longer than the given time.
   *
   * @return empty if the time was over before
   * @throws InterruptedException if the flag was set on entry or while waiting; the key is not held
   */
  public Optional<Hold> tryLock(K key, Duration timeout) throws InterruptedException {
    failIfInterrupted();
    return Optional.ofNullable(acquire(key, Patience.of(timeout, time)));
  }

  /**
   * Waits for the key, does the work, and gives the key back.
   *
   * @throws InterruptedException if interrupted before the work starts
   * @throws Exception what the work throws
   */
  public <R extends @Nullable Object> R withLock(K key, Callable<R> work) throws Exception {
    requireNonNull(work, "work");
    var hold = lock(key);
    try {
      return work.call();
    } finally {
      hold.close();
    }
  }

  /**
   * Waits for all the keys.
   *
   * <p>They are taken one by one in the order of this lock, so calls of this method cannot deadlock
   * with each other; with locks that the caller holds already, they can.
   *
   * @param keys at least one; equal ones count once
   * @throws InterruptedException if the flag was set on entry or while waiting; no key is held
   * @throws IllegalArgumentException if {@code keys} is empty, if the keys are not comparable and no
   *     order was set, or if the order takes different keys for the same
   */
  public Hold lockAll(Collection<? extends K> keys) throws InterruptedException {
    failIfInterrupted();
    return requireNonNull(acquireAll(keys, endless));
  }

  /**
   * Waits for all the keys, but no longer than the given time in all.
   *
   * @param keys at least one; equal ones count once
   * @return empty if the time was over before; then no key is held
   * @throws InterruptedException if the flag was set on entry or while waiting; no key is held
   * @throws IllegalArgumentException as for {@link #lockAll}
   */
  public Optional<Hold> tryLockAll(Collection<? extends K> keys, Duration timeout)
      throws InterruptedException {
    failIfInterrupted();
    return Optional.ofNullable(acquireAll(keys, Patience.of(timeout, time)));
  }

  private static void failIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting for a lock");
    }
  }

  private @Nullable KeyHold acquire(K key, Patience patience) throws InterruptedException {
    requireNonNull(key, "key");
    while (true) {
      var fresh = Mutex.usedOnce(guard);
      var present = table.putIfAbsent(key, fresh);
      if (present == null) {
        return new KeyHold(key, fresh);
      }
      switch (present.lock(patience, time, this)) {
        case TAKEN -> {
          return new KeyHold(key, present);
        }
        case BUSY -> {
          return null;
        }
        case RETIRED -> table.remove(key, present);
      }
    }
  }

  private @Nullable Hold acquireAll(Collection<? extends K> keys, Patience patience)
      throws InterruptedException {
    var holds = new ArrayList<Hold>(keys.size());
    var complete = false;
    try {
      for (var key : inOrder(keys)) {
        var hold = acquire(key, patience);
        if (hold == null) {
          return null;
        }
        holds.add(hold);
      }
      complete = true;
      return new AllHold(holds);
    } finally {
      if (!complete) {
        closeInReverse(holds);
      }
    }
  }

  private List<K> inOrder(Collection<? extends K> keys) {
    var sorted = new ArrayList<K>(keys.stream().<K>map(key -> key).distinct().toList());
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("keys must not be empty");
    }
    try {
      sorted.sort(order);
    } catch (ClassCastException incomparable) {
      throw new IllegalArgumentException(
          "keys of %s have no order: set one with KeyedLock.builder().order(comparator)"
              .formatted(sorted.getFirst().getClass()),
          incomparable);
    }
    for (int i = 1; i < sorted.size(); i++) {
      if (order.compare(sorted.get(i - 1), sorted.get(i)) == 0) {
        throw new IllegalArgumentException(
            "the order must tell different keys apart, but takes %s and %s for the same"
                .formatted(sorted.get(i - 1), sorted.get(i)));
      }
    }
    return sorted;
  }

  private static void closeInReverse(List<Hold> holds) {
    holds.reversed().forEach(Hold::close);
  }

  // Reports

  /** Returns which thread holds which key at this moment. A copy. */
  public Map<K, Thread> holders() {
    var holders = new HashMap<K, Thread>();
    table.forEach((key, mutex) -> {
      var holder = mutex.owner();
      if (holder != null) {
        holders.put(key, holder);
      }
    });
    return holders;
  }

  /** Returns how many keys are in the table: those that are held, or changing hands. */
  public int size() {
    return table.size();
  }

  @Override
  public List<LockWait> lockWaits() {
    var waits = new ArrayList<LockWait>();
    table.forEach((key, mutex) -> {
      for (var waiter : mutex.waiters()) {
        waits.add(new LockWait(
            name + " of '" + key + "'",
            waiter.thread(),
            mutex.owner(),
            waiter.since(),
            Duration.ofNanos(time.nanoTime() - waiter.since())));
      }
    });
    return waits;
  }

  @Override
  public String toString() {
    return "KeyedLock[%d keys of %s]".formatted(size(), name);
  }

  /** A hold of one key. Used by its thread. */
  private final class KeyHold implements Hold {

    private final K key;
    private final Mutex mutex;
    private boolean isClosed;

    KeyHold(K key, Mutex mutex) {
      this.key = key;
      this.mutex = mutex;
    }

    @Override
    public void close() {
      if (isClosed) {
        return;
      }
      if (mutex.unlock()) {
        table.remove(key, mutex);
      }
      isClosed = true;
    }
  }

  /** A hold of several keys. Used by its thread. */
  private static final class AllHold implements Hold {

    private final List<Hold> holds;

    AllHold(List<Hold> holds) {
      this.holds = holds;
    }

    @Override
    public void close() {
      closeInReverse(holds);
    }
  }

  /** Builds a {@link KeyedLock}. Not for several threads. */
  public static final class Builder<K> {

    private String name = "lock";
    private Comparator<? super K> order = naturalOrder();
    private TimeSource timeSource = TimeSource.system();

    private Builder() {}

    @SuppressWarnings("unchecked") // lockAll says so if the keys are not comparable
    private static <K> Comparator<K> naturalOrder() {
      return (one, other) -> ((Comparable<K>) one).compareTo(other);
    }

    /**
     * Names the lock in reports and thread dumps. The default is {@code lock}.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public Builder<K> name(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      this.name = name;
      return this;
    }

    /**
     * Sets the order in which {@code lockAll} takes keys. It must tell different keys apart. The
     * default is their natural order.
     */
    public Builder<K> order(Comparator<? super K> order) {
      this.order = requireNonNull(order, "order");
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder<K> timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    /** Returns a lock with these settings; no key is held. */
    public KeyedLock<K> build() {
      return new KeyedLock<>(this);
    }
  }
}

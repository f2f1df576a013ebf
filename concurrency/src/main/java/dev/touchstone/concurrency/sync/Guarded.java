package dev.touchstone.concurrency.sync;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Mutex;
import dev.touchstone.concurrency.waiting.Mutex.Attempt;
import dev.touchstone.concurrency.waiting.Patience;
import dev.touchstone.concurrency.waiting.Turn;
import dev.touchstone.concurrency.waiting.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * State that can only be reached with its lock held.
 *
 * <p>This takes from a stock as soon as there is enough; nobody can forget the lock, or to wake those
 * that wait:
 * {@snippet class="dev.touchstone.concurrency.sync.SnippetsTest" region="guarded"}
 *
 * <p>One function at a time sees the state, also among those that only read it. The functions run on
 * the caller's thread and should be short; they must not keep or return what is mutable in the state.
 * They may use the same object again, except to {@code await}. After each change those that wait for
 * a condition look again.
 *
 * <p>Safe for use by several threads, served in the order of arrival.
 *
 * @param <S> the type of the state, which is mutable
 */
public final class Guarded<S> implements LockWaits {

  private final String name;
  private final S state;
  private final TimeSource time;
  private final Mutex mutex = Mutex.create();

  private final ReentrantLock guard = new ReentrantLock();
  private final Turns<Turn> awaiting = new Turns<>(guard);

  private Guarded(String name, S state, TimeSource time) {
    this.name = requireNonNull(name, "name");
    this.state = requireNonNull(state, "state");
    this.time = requireNonNull(time, "time");
  }

  /**
   * Guards the state, which nobody else may have.
   *
   * @param name names it in reports and thread dumps
   */
  public static <S> Guarded<S> of(String name, S state) {
    return of(name, state, TimeSource.system());
  }

  /**
   * Guards the state, which nobody else may have.
   *
   * @param name names it in reports and thread dumps
   * @param time measures the timeouts
   */
  public static <S> Guarded<S> of(String name, S state, TimeSource time) {
    return new Guarded<>(name, state, time);
  }

  /**
   * Returns what the function makes of the state, which it does not change.
   *
   * <p>Waits for the lock through interruptions; the flag is set when this returns.
   */
  public <R extends @Nullable Object> R read(Function<? super S, ? extends R> function) {
    requireNonNull(function, "function");
    lockUninterruptibly();
    try {
      return function.apply(state);
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Returns what the function makes of the state, which it does not change.
   *
   * @param function returns a value that is not null
   * @return empty if the lock was not to be had in time
   * @throws InterruptedException if the flag was set on entry or while waiting for the lock
   */
  public <R> Optional<R> read(Function<? super S, ? extends R> function, Duration timeout)
      throws InterruptedException {
    requireNonNull(function, "function");
    if (!lock(Patience.of(timeout, time))) {
      return Optional.empty();
    }
    try {
      return Optional.of(resultOf(function, state));
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Lets the function change the state and returns its result.
   *
   * <p>Waits for the lock through interruptions; the flag is set when this returns.
   */
  public <R extends @Nullable Object> R write(Function<? super S, ? extends R> function) {
    requireNonNull(function, "function");
    lockUninterruptibly();
    try {
      return function.apply(state);
    } finally {
      unlockChanged();
    }
  }

  /**
   * Lets the function change the state and returns its result.
   *
   * @param function returns a value that is not null
   * @return empty if the lock was not to be had in time; the function has not run
   * @throws InterruptedException if the flag was set on entry or while waiting for the lock
   */
  public <R> Optional<R> write(Function<? super S, ? extends R> function, Duration timeout)
      throws InterruptedException {
    requireNonNull(function, "function");
    if (!lock(Patience.of(timeout, time))) {
      return Optional.empty();
    }
    try {
      return Optional.of(resultOf(function, state));
    } finally {
      unlockChanged();
    }
  }

  /** Does what {@code write} does, for an action without a result. */
  public void change(Consumer<? super S> action) {
    requireNonNull(action, "action");
    this.<@Nullable Void>write(value -> {
      action.accept(value);
      return null;
    });
  }

  /**
   * Waits until the condition is true, and lets the function change the state before it can become
   * false again.
   *
   * @param condition looks at the state, with the lock held; called after each change
   * @throws InterruptedException if the flag was set on entry or while waiting
   * @throws IllegalStateException if called by a function of the same object: its lock is held, so
   *     nothing could change
   */
  @SuppressWarnings("NullAway") // endless patience ends with a result
  public <R extends @Nullable Object> R await(
      Predicate<? super S> condition, Function<? super S, ? extends R> function)
      throws InterruptedException {
    requireNonNull(function, "function");
    return awaitAndApply(condition, function, Patience.endless(time));
  }

  /**
   * Waits until the condition is true, but no longer than the given time.
   *
   * @param condition looks at the state, with the lock held; called after each change
   * @param function returns a value that is not null
   * @return empty if the time was over before; the function has not run
   * @throws InterruptedException if the flag was set on entry or while waiting
   * @throws IllegalStateException if called by a function of the same object
   */
  public <R> Optional<R> await(
      Predicate<? super S> condition, Function<? super S, ? extends R> function, Duration timeout)
      throws InterruptedException {
    requireNonNull(function, "function");
    return Optional.ofNullable(
        awaitAndApply(condition, value -> resultOf(function, value), Patience.of(timeout, time)));
  }

  private static <S, R> R resultOf(Function<? super S, ? extends R> function, S state) {
    return requireNonNull(
        function.apply(state), "the function must return a value where there is a time limit");
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself
  private <R extends @Nullable Object> @Nullable R awaitAndApply(
      Predicate<? super S> condition, Function<? super S, ? extends R> function, Patience patience)
      throws InterruptedException {
    requireNonNull(condition, "condition");
    if (mutex.owner() == Thread.currentThread()) {
      throw new IllegalStateException(
          "await of " + this + " must not be called by a function that holds its lock");
    }
    while (lock(patience)) {
      Turn turn;
      var isMet = false;
      try {
        isMet = condition.test(state);
        if (isMet) {
          return function.apply(state);
        }
        turn = stand();
      } finally {
        if (isMet) {
          unlockChanged();
        } else {
          mutex.unlock();
        }
      }
      if (!awaiting.await(turn, patience, this)) {
        return null;
      }
    }
    return null;
  }

  private Turn stand() {
    var turn = Turn.create();
    guard.lock();
    try {
      awaiting.add(turn);
    } finally {
      guard.unlock();
    }
    return turn;
  }

  /** Releases the lock after a change; those that wait look again when they get it. */
  private void unlockChanged() {
    guard.lock();
    try {
      awaiting.pollAll().forEach(Turn::call);
    } finally {
      guard.unlock();
    }
    mutex.unlock();
  }

  private boolean lock(Patience patience) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting for " + this);
    }
    return mutex.lock(patience, time, this) == Attempt.TAKEN;
  }

  private void lockUninterruptibly() {
    var patience = Patience.endless(time);
    var wasInterrupted = false;
    var isTaken = false;
    while (!isTaken) {
      try {
        isTaken = mutex.lock(patience, time, this) == Attempt.TAKEN;
      } catch (InterruptedException interrupted) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns who waits for the lock; waits for a condition are not among them. */
  @Override
  public List<LockWait> lockWaits() {
    return mutex.waiters().stream()
        .map(waiter -> new LockWait(
            name,
            waiter.thread(),
            mutex.owner(),
            waiter.since(),
            Duration.ofNanos(time.nanoTime() - waiter.since())))
        .toList();
  }

  @Override
  public String toString() {
    return "Guarded '" + name + "'";
  }
}

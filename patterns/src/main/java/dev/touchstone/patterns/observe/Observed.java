package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value, and its changes.
 *
 * {@snippet class="dev.touchstone.patterns.observe.SnippetsTest" region="observed"}
 *
 * <p>Every listener sees the values in the order they were set, none twice and none left out, from the
 * one present at its subscription on: taking the present value and subscribing are one step. At most
 * one listener is called at a time. A value set by a listener, or by another thread during a delivery,
 * is delivered after the present one by the thread that is delivering, so that {@link #set} may return
 * before.
 *
 * <p>What a listener throws goes to the handler of this value, and the others are called all the same.
 *
 * <p>Safe for use by several threads. Listeners are called without a lock.
 *
 * @param <T> the type of the value, best immutable
 */
public final class Observed<T> {

  /*
   * Each change, and each first value of a new listener, becomes an entry of one queue, with those
   * who are to hear of it. That is done under the lock, together with the change itself, so the order
   * of the queue is the order of what happened. Whoever finds nobody delivering empties the queue.
   */

  private static final Logger log = LoggerFactory.getLogger(Observed.class);

  private final Consumer<? super DeliveryFailure> onError;
  private final ReentrantLock lock = new ReentrantLock();

  // Written under the lock.
  private volatile T value;
  private Handler[] handlers = Handler.NONE;
  private final ArrayDeque<News<T>> queue = new ArrayDeque<>();
  private boolean delivering;

  private Observed(T first, Consumer<? super DeliveryFailure> onError) {
    this.value = first;
    this.onError = onError;
  }

  /** Returns an observed value whose listeners' failures are logged. */
  public static <T> Observed<T> of(T first) {
    return of(first, failure -> log.warn("{}", failure, failure.cause()));
  }

  /**
   * Returns an observed value.
   *
   * @param onError gets the failures of listeners, on the thread that delivers; if it throws, that is
   *     logged
   */
  public static <T> Observed<T> of(T first, Consumer<? super DeliveryFailure> onError) {
    return new Observed<>(requireNonNull(first, "first"), requireNonNull(onError, "onError"));
  }

  /** Returns the present value, which listeners may not have heard of yet. */
  public T get() {
    return value;
  }

  /**
   * Sets the value and tells the listeners, unless it equals the present one.
   *
   * @return whether it was another value
   */
  public boolean set(T next) {
    requireNonNull(next, "next");
    while (true) {
      var before = value;
      if (next.equals(before)) {
        return false;
      }
      if (replace(before, next)) {
        deliver();
        return true;
      }
    }
  }

  /**
   * Sets the value to what a function makes of the present one. If another thread sets the value
   * meanwhile, the function is called again, so it must have no effects.
   *
   * @return the value that was set
   */
  public T update(UnaryOperator<T> function) {
    requireNonNull(function, "function");
    while (true) {
      var before = value;
      var next = requireNonNull(function.apply(before), "the function returned null");
      if (next.equals(before)) {
        return next;
      }
      if (replace(before, next)) {
        deliver();
        return next;
      }
    }
  }

  /** Sets the value unless another thread has; values are compared outside of the lock. */
  @SuppressWarnings("ReferenceEquality") // equal is not enough: the caller saw this very object
  private boolean replace(T before, T next) {
    lock.lock();
    try {
      if (value != before) {
        return false;
      }
      value = next;
      if (handlers.length > 0) {
        queue.addLast(new News<>(handlers, next));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Subscribes a listener to the values set from now on. */
  public Subscription subscribe(Listener<? super T> listener) {
    return add(listener, Replay.NONE);
  }

  /** Subscribes a listener to the present value and to those set from now on. */
  public Subscription observe(Listener<? super T> listener) {
    return add(listener, Replay.PRESENT);
  }

  private enum Replay {
    NONE,
    PRESENT
  }

  @SuppressWarnings("unchecked") // the handler is offered values of type T only
  private Subscription add(Listener<? super T> listener, Replay replay) {
    requireNonNull(listener, "listener");
    var handler =
        new Handler(Handler.nameOf(listener), 0, (Listener<Object>) listener, this::remove);
    lock.lock();
    try {
      handlers = handler.addedTo(handlers);
      if (replay == Replay.PRESENT) {
        queue.addLast(new News<>(new Handler[] {handler}, value));
      }
    } finally {
      lock.unlock();
    }
    deliver();
    return handler;
  }

  private void remove(Handler handler) {
    lock.lock();
    try {
      handlers = handler.removedFrom(handlers);
    } finally {
      lock.unlock();
    }
  }

  private void deliver() {
    if (!becomeDeliverer()) {
      return;
    }
    try {
      for (var news = next(); news != null; news = next()) {
        for (var handler : news.handlers) {
          offer(handler, news.value);
        }
      }
    } catch (Throwable e) { // an error of the virtual machine: let the next change go on
      lock.lock();
      try {
        delivering = false;
      } finally {
        lock.unlock();
      }
      throw e;
    }
  }

  private boolean becomeDeliverer() {
    lock.lock();
    try {
      if (delivering) {
        return false;
      }
      delivering = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what is to be told next, or stops being the one who delivers. */
  private @Nullable News<T> next() {
    lock.lock();
    try {
      var news = queue.pollFirst();
      delivering = news != null;
      return news;
    } finally {
      lock.unlock();
    }
  }

  private void offer(Handler handler, T news) {
    try {
      handler.offer(news);
    } catch (Throwable e) {
      report(DeliveryFailure.of(news, handler, e));
    }
  }

  private void report(DeliveryFailure failure) {
    try {
      onError.accept(failure);
    } catch (Throwable e) {
      DeliveryFailure.rethrowIfFatal(e);
      e.addSuppressed(failure.cause());
      log.warn("The error handler failed on: {}", failure, e);
    }
  }

  @Override
  public String toString() {
    return "Observed[" + value + "]";
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record News<T>(Handler[] handlers, T value) {}
}

package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Announces events of one kind to whoever subscribed.
 *
 * <p>The owner of a signal keeps it to itself, to {@link #emit}, and gives its {@link #view} away,
 * to subscribe:
 *
 * {@snippet class="dev.touchstone.patterns.observe.SnippetsTest" region="signal"}
 *
 * <p>Listeners are called by the emitting thread, those of higher priority first, those of equal
 * priority in the order of their subscription. One that emits in its turn has that event delivered
 * at once, in the middle of the first; an {@link EventBus} can queue it. All listeners are called,
 * also if some fail; afterwards the emitter gets a {@link DeliveryException} with all failures,
 * unless the signal was made with a handler for them.
 *
 * <p>Safe for use by several threads. Emitting takes no lock; between threads it has no order.
 *
 * @param <E> the type of the events
 */
public final class Signal<E> {

  private final ReentrantLock lock = new ReentrantLock(); // for changes of the field below
  private final @Nullable Consumer<? super DeliveryFailure> onError;
  private final View<E> view = new View<>(this);
  private volatile Handler[] handlers = Handler.NONE;

  private Signal(@Nullable Consumer<? super DeliveryFailure> onError) {
    this.onError = onError;
  }

  /** Returns a signal that throws the failures of its listeners at the emitter. */
  public static <E> Signal<E> create() {
    return new Signal<>(null);
  }

  /**
   * Returns a signal that gives the failures of its listeners to a handler.
   *
   * @param onError called by the emitting thread; what it throws goes to the emitter
   */
  public static <E> Signal<E> create(Consumer<? super DeliveryFailure> onError) {
    return new Signal<>(requireNonNull(onError, "onError"));
  }

  /** Returns the side of this signal that can subscribe but not emit; always the same object. */
  public View<E> view() {
    return view;
  }

  /** Subscribes a listener with priority 0. */
  public Subscription subscribe(Listener<? super E> listener) {
    return subscribe(0, listener);
  }

  /**
   * Subscribes a listener. A listener that is subscribed twice is called twice.
   *
   * @param priority higher ones are called first
   */
  @SuppressWarnings("unchecked") // the handler is offered events of type E only
  public Subscription subscribe(int priority, Listener<? super E> listener) {
    requireNonNull(listener, "listener");
    return add(
        new Handler(Handler.nameOf(listener), priority, (Listener<Object>) listener, this::remove));
  }

  /**
   * Subscribes a listener until its owner is garbage.
   *
   * <p>The signal holds the listener strongly and the owner weakly, so the listener must not capture
   * the owner: it gets it as a parameter. Once the owner has been collected the listener is not
   * called any more, and it is removed at the next event or subscription.
   *
   * @param owner on whose behalf the listener acts; the listener is called as long as it is reachable
   */
  @SuppressWarnings("unchecked") // the handler is offered events of type E only
  public <O> Subscription subscribeWeak(O owner, WeakListener<? super O, ? super E> listener) {
    requireNonNull(owner, "owner");
    requireNonNull(listener, "listener");
    var call = new WeakCall<>(owner, (WeakListener<? super O, Object>) listener);
    return add(new Handler(Handler.nameOf(listener), 0, call, this::remove));
  }

  /**
   * Calls the listeners with an event.
   *
   * @return how many were called, including those that failed
   * @throws DeliveryException after all of them were called, if any failed and this signal has no
   *     handler for that
   */
  public int emit(E event) {
    requireNonNull(event, "event");
    int called = 0;
    List<DeliveryFailure> failures = null;
    for (var handler : handlers) {
      try {
        if (handler.offer(event)) {
          called++;
        }
      } catch (Throwable e) {
        called++;
        failures = failed(DeliveryFailure.of(event, handler, e), failures);
      }
    }
    if (failures != null) {
      throw new DeliveryException(failures);
    }
    return called;
  }

  private @Nullable List<DeliveryFailure> failed(
      DeliveryFailure failure, @Nullable List<DeliveryFailure> failures) {
    if (onError != null) {
      onError.accept(failure);
      return null;
    }
    var all = failures == null ? new ArrayList<DeliveryFailure>() : failures;
    all.add(failure);
    return all;
  }

  private Subscription add(Handler handler) {
    lock.lock();
    try {
      var live = Arrays.stream(handlers).filter(other -> !other.isOrphaned());
      handlers = handler.addedTo(live.toArray(Handler[]::new));
    } finally {
      lock.unlock();
    }
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

  @Override
  public String toString() {
    return "Signal[" + handlers.length + " listeners]";
  }

  /**
   * The side of a signal that can subscribe but not emit.
   *
   * @param <E> the type of the events
   */
  public static final class View<E> {

    private final Signal<E> signal;

    private View(Signal<E> signal) {
      this.signal = signal;
    }

    /** Subscribes a listener with priority 0. */
    public Subscription subscribe(Listener<? super E> listener) {
      return signal.subscribe(listener);
    }

    /**
     * Subscribes a listener.
     *
     * @see Signal#subscribe(int, Listener)
     */
    public Subscription subscribe(int priority, Listener<? super E> listener) {
      return signal.subscribe(priority, listener);
    }

    /**
     * Subscribes a listener until its owner is garbage.
     *
     * @see Signal#subscribeWeak(Object, WeakListener)
     */
    public <O> Subscription subscribeWeak(O owner, WeakListener<? super O, ? super E> listener) {
      return signal.subscribeWeak(owner, listener);
    }

    @Override
    public String toString() {
      return "View of " + signal;
    }
  }
}

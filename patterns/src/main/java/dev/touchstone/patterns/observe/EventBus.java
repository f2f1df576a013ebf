package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import dev.touchstone.patterns.kinds.Kinds;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events of one family of types from those that post them to those that registered for them.
 *
 * {@snippet class="dev.touchstone.patterns.observe.SnippetsTest" region="bus"}
 *
 * <p><b>Who is called.</b> A listener gets the events of the type it registered for and of its
 * subtypes. For one event the order is that of descending priority, then of registration, no matter
 * which types the listeners named. A listener that is removed during a delivery is not called any
 * more; one that is added is called from the next event on.
 *
 * <p><b>By whom.</b> By the posting thread, unless the {@linkplain Registration#via registration}
 * names an executor. Each such listener sees the events of one posting thread in the order they were
 * posted; between posting threads there is no order, except that a {@linkplain Registration#serial
 * serial} listener is called with one event at a time, in the order they were accepted. An event
 * posted by a listener is by default delivered after the present one ({@link Reentrancy}).
 *
 * <p><b>Failures.</b> A listener that throws does not keep the others from being called, and by
 * default the poster does not hear of it: an error handler does ({@link ErrorPolicy}). A {@link
 * VirtualMachineError} always ends the post at once, and discards the events queued by it.
 *
 * <p><b>Threads.</b> Safe for use by several threads; starts none. Posting takes no lock, unless the
 * event goes into a lane or the class of the event is new since the last change of listeners.
 *
 * <p><b>Memory.</b> A bus does not keep the classes of events alive, and neither classes nor threads
 * keep the bus or its listeners. A post allocates nothing once its class and thread are known.
 *
 * @param <R> the root of the event types; a sealed interface of records serves best
 */
public final class EventBus<R> implements AutoCloseable {

  /*
   * The lock guards changes of the routes and of the closed flag. Nothing of others runs under it.
   */

  private static final Logger log = LoggerFactory.getLogger(EventBus.class);

  private final Class<R> root;
  private final Dispatch<R> dispatch;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Routes routes = new Routes(Handler.NONE);
  private volatile boolean closed;

  private EventBus(Builder<R> builder) {
    root = builder.root;
    dispatch = new Dispatch<>(
        this, builder.policy, builder.reentrancy, builder.onError, builder.onUndelivered);
  }

  /** Returns a builder of a bus for events of the given type and its subtypes. */
  public static <R> Builder<R> of(Class<R> root) {
    return new Builder<>(requireNonNull(root, "root"));
  }

  /**
   * Registers a listener that the posting thread calls, with priority 0.
   *
   * @throws IllegalStateException if the bus is closed
   */
  public <E extends R> Subscription on(Class<E> type, Listener<? super E> listener) {
    return on(type).handle(listener);
  }

  /** Returns the options of a listener; it is registered by {@link Registration#handle}. */
  public <E extends R> Registration<E> on(Class<E> type) {
    requireNonNull(type, "type");
    return new Registration<>(this, type);
  }

  /**
   * Delivers an event to the listeners for its type.
   *
   * <p>Does not block, unless a listener does or a lane with {@link Overflow#block} is full.
   *
   * @return how many listeners took the event: those called by this thread, including those that
   *     failed, and those whose executor or lane accepted it; 0 if the post happened inside a
   *     delivery and the event was queued
   * @throws IllegalStateException if the bus is closed, or if the post happened inside a delivery
   *     and the bus was built to {@link Reentrancy#REJECT reject} that
   * @throws DeliveryException if listeners failed, under the policies {@link ErrorPolicy#COLLECT} and
   *     {@link ErrorPolicy#STOP}
   */
  public int post(R event) {
    requireNonNull(event, "event");
    checkOpen();
    return dispatch.post(event);
  }

  /** Reports a failure on a thread that is not the poster's. */
  void report(Handler handler, Object event, Throwable cause) {
    dispatch.report(DeliveryFailure.of(event, handler, cause));
  }

  /**
   * Returns a future of the next event of a type that is posted from now on.
   *
   * <p>It is completed by the posting thread, which also runs what depends on it. Cancelling it
   * removes the listener. Closing the bus cancels it.
   *
   * @throws IllegalStateException if the bus is closed
   */
  @SuppressWarnings("FutureReturnValueIgnored") // that of whenComplete, which says the same again
  public <E extends R> CompletableFuture<E> next(Class<E> type) {
    var future = new CompletableFuture<E>();
    var subscription = on(type)
        .named("next(" + type.getName() + ")")
        .once()
        .whenBusCloses(() -> future.cancel(false))
        .handle(future::complete);
    future.whenComplete((event, failure) -> subscription.close());
    return future;
  }

  /**
   * Returns a publisher of the events of a type. Each subscriber gets those posted from its
   * subscription on, on the thread that posts or, if it had to wait for demand, requests them.
   *
   * <p>A subscriber that falls behind by more than the buffer gets what is in the buffer and then an
   * {@link LaneFullException}. Closing the bus completes the subscribers.
   *
   * @param buffer how many events may wait for one subscriber's demand
   * @throws IllegalArgumentException if {@code buffer} is less than 1
   */
  public <E extends R> Flow.Publisher<E> publisher(Class<E> type, int buffer) {
    requireNonNull(type, "type");
    if (buffer < 1) {
      throw new IllegalArgumentException("buffer must be at least 1, was " + buffer);
    }
    return new EventPublisher<>(this, type, buffer);
  }

  /**
   * Checks that every kind of event has a listener at this moment.
   *
   * @throws IllegalStateException if a permitted subtype of the sealed root has none (the message
   *     names all of them), or if the root is not sealed
   */
  public void requireHandlers() {
    if (!root.isSealed()) {
      throw new IllegalStateException("requireHandlers needs a sealed root to know the kinds of "
          + "events; " + root.getName() + " is not sealed");
    }
    var listeners = routes.all;
    var missing = Kinds.of(root).stream()
        .filter(kind ->
            Arrays.stream(listeners).noneMatch(handler -> handler.type.isAssignableFrom(kind)))
        .map(Class::getName)
        .sorted()
        .toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("no listener for " + String.join(", ", missing)
          + "; register one, or one for a common supertype");
    }
  }

  /** Returns who listens to what at this moment. */
  public Topology describe() {
    var entries = Arrays.stream(routes.all)
        .map(handler -> new Topology.Entry(
            handler.type.getName(), handler.name, handler.priority, handler.describeDelivery()))
        .toList();
    return new Topology(root.getName(), entries);
  }

  /** Closes the bus without waiting: events that wait in lanes are dropped. */
  @Override
  public void close() {
    closeAfter(Duration.ZERO);
  }

  /**
   * Closes the bus: takes no more events and no more listeners, lets the lanes work off what they
   * have accepted, and ends all subscriptions.
   *
   * <p>Futures of {@link #next} are cancelled and subscribers of {@link #publisher} completed. If the
   * thread is interrupted while it waits, the bus is closed at once and the flag stays set. Does not
   * wait for a lane whose listener is the caller, nor for listeners without a lane. Closing a closed
   * bus does nothing.
   *
   * @param drain how long to wait for the lanes at most
   * @return how many events were dropped because the lanes needed longer; 0 if all were delivered
   */
  public int close(Duration drain) {
    return closeAfter(requireNonNull(drain, "drain"));
  }

  private int closeAfter(Duration drain) {
    lock.lock();
    try {
      if (closed) {
        return 0;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    var handlers = routes.all; // final now: add() checks the flag under the lock
    awaitLanes(handlers, drain);
    int dropped = 0;
    for (var handler : handlers) {
      dropped += handler.end();
      tellThatBusCloses(handler);
    }
    return dropped;
  }

  private static void tellThatBusCloses(Handler handler) {
    try {
      handler.busCloses();
    } catch (Throwable e) { // of a subscriber of publisher(), which must not keep others waiting
      DeliveryFailure.rethrowIfFatal(e);
      log.warn("{} failed when its bus was closed", handler.name, e);
    }
  }

  private static void awaitLanes(Handler[] handlers, Duration drain) {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(drain);
    try {
      for (var handler : handlers) {
        var lane = handler.lane();
        if (lane != null) {
          lane.awaitIdle(deadline - System.nanoTime());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns who is called now. */
  Routes routes() {
    return routes;
  }

  Subscription add(Handler handler) {
    lock.lock();
    try {
      checkOpen();
      routes = new Routes(handler.addedTo(routes.all));
    } finally {
      lock.unlock();
    }
    return handler;
  }

  void remove(Handler handler) {
    lock.lock();
    try {
      routes = new Routes(handler.removedFrom(routes.all));
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  @Override
  public String toString() {
    return "EventBus of " + root.getName();
  }

  /**
   * Builds an {@link EventBus}. Reusable after a build; not for several threads.
   *
   * @param <R> the root of the event types
   */
  public static final class Builder<R> {

    private final Class<R> root;
    private ErrorPolicy policy = ErrorPolicy.ISOLATE;
    private Reentrancy reentrancy = Reentrancy.QUEUED;
    private Consumer<? super DeliveryFailure> onError =
        failure -> log.warn("{}", failure, failure.cause());
    private Consumer<? super R> onUndelivered = event -> {};

    private Builder(Class<R> root) {
      this.root = root;
    }

    /**
     * Sets what happens when a listener throws. The default is {@link ErrorPolicy#ISOLATE}. It
     * applies to listeners called by the poster; failures on other threads go to the error handler.
     */
    public Builder<R> errors(ErrorPolicy policy) {
      this.policy = requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets the error handler. The default logs a warning.
     *
     * @param onError called on the thread that the listener failed on; if it throws, that is logged
     */
    public Builder<R> onError(Consumer<? super DeliveryFailure> onError) {
      this.onError = requireNonNull(onError, "onError");
      return this;
    }

    /**
     * Sets what happens to an event that no listener took. The default is nothing.
     *
     * @param onUndelivered called by the posting thread; if it throws, that is logged
     */
    public Builder<R> onUndelivered(Consumer<? super R> onUndelivered) {
      this.onUndelivered = requireNonNull(onUndelivered, "onUndelivered");
      return this;
    }

    /** Sets what happens to events posted by listeners. The default is {@link Reentrancy#QUEUED}. */
    public Builder<R> reentrancy(Reentrancy reentrancy) {
      this.reentrancy = requireNonNull(reentrancy, "reentrancy");
      return this;
    }

    /** Returns a bus with these settings and no listeners. */
    public EventBus<R> build() {
      return new EventBus<>(this);
    }
  }
}

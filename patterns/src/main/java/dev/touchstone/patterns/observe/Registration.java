package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The options of a listener that is about to be registered on an {@link EventBus}.
 *
 * {@snippet class="dev.touchstone.patterns.observe.SnippetsTest" region="registration"}
 *
 * <p>Options may be set in any order, before {@link #handle}. Not safe for use by several threads.
 *
 * @param <E> the type of the events
 */
public final class Registration<E> {

  private static final int DEFAULT_CAPACITY = 1024;

  private final EventBus<? super E> bus;
  private final Class<E> type;
  private @Nullable String name;
  private int priority;
  private boolean once;
  private boolean tracked;
  private @Nullable Predicate<? super E> filter;
  private @Nullable Executor executor;
  private boolean serial;
  private int capacity;
  private @Nullable Overflow<? super E> overflow;
  private @Nullable Runnable whenBusCloses;

  Registration(EventBus<? super E> bus, Class<E> type) {
    this.bus = bus;
    this.type = type;
  }

  /** Names the listener in messages. The default is the class that the listener was written in. */
  public Registration<E> named(String name) {
    this.name = requireNonNull(name, "name");
    return this;
  }

  /** Sets the priority, 0 by default. Higher ones are called first, equal ones in order of age. */
  public Registration<E> priority(int priority) {
    this.priority = priority;
    return this;
  }

  /**
   * Lets only some of the events reach the listener. Several filters must all hold.
   *
   * @param filter called on the posting thread; if it throws, that is a failure of the listener
   */
  @SuppressWarnings("unchecked") // a predicate of a supertype takes an E
  public Registration<E> filter(Predicate<? super E> filter) {
    requireNonNull(filter, "filter");
    var before = (Predicate<E>) this.filter;
    this.filter = before == null ? filter : before.and(filter);
    return this;
  }

  /** Ends the subscription with the first event that the listener, or its lane, accepts. */
  public Registration<E> once() {
    this.once = true;
    return this;
  }

  /**
   * Calls the listener by an executor instead of by the posting thread.
   *
   * <p>Each event is a task of its own, so that events may overtake each other, unless {@link
   * #serial()} is set. Failures go to the error handler of the bus, whatever its policy; a task that
   * the executor rejects is a failure at the post.
   */
  public Registration<E> via(Executor executor) {
    this.executor = requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Has the executor call the listener with one event after the other, in the order in which they
   * were accepted. At most 1024 events wait, and then the poster does, unless {@link #capacity} says
   * otherwise.
   */
  public Registration<E> serial() {
    this.serial = true;
    return this;
  }

  /**
   * Sets how many events may wait for a serial listener, and what happens to the next one.
   *
   * @throws IllegalArgumentException if {@code events} is less than 1
   */
  public Registration<E> capacity(int events, Overflow<? super E> overflow) {
    if (events < 1) {
      throw new IllegalArgumentException("events must be at least 1, was " + events);
    }
    this.capacity = events;
    this.overflow = requireNonNull(overflow, "overflow");
    return this;
  }

  /**
   * Counts the calls of the listener, so that {@link Subscription#closeAndAwait} can await their end.
   * Each call then costs two changes of a shared counter.
   */
  public Registration<E> tracked() {
    this.tracked = true;
    return this;
  }

  Registration<E> whenBusCloses(Runnable action) {
    this.whenBusCloses = action;
    return this;
  }

  /**
   * Registers the listener with these options.
   *
   * @throws IllegalStateException if the bus is closed, if a listener without an executor is to be
   *     serial, or if one that is not serial has a capacity
   */
  public Subscription handle(Listener<? super E> listener) {
    requireNonNull(listener, "listener");
    if (serial && executor == null) {
      throw new IllegalStateException(
          "serial() needs an executor: say which by via(executor)" + forWhom(listener));
    }
    if (overflow != null && !serial) {
      throw new IllegalStateException(
          "capacity applies to a serial listener only: add serial()" + forWhom(listener));
    }
    return bus.add(new Handler(this, listener, bus));
  }

  private String forWhom(Object listener) {
    return ", for " + nameOr(listener) + " of " + type.getName();
  }

  Class<E> type() {
    return type;
  }

  String nameOr(Object listener) {
    return name == null ? Handler.nameOf(listener) : name;
  }

  int priority() {
    return priority;
  }

  boolean isOnce() {
    return once;
  }

  boolean isTracked() {
    return tracked;
  }

  @Nullable
  Predicate<? super E> filter() {
    return filter;
  }

  @Nullable
  Runnable whenBusCloses() {
    return whenBusCloses;
  }

  @SuppressWarnings("unchecked") // the lane is offered events of type E only
  Handler.@Nullable Delivery deliveryTo(Handler handler, FailureReport report) {
    if (executor == null) {
      return null;
    }
    if (!serial) {
      return new ExecutorDelivery(executor, handler, report);
    }
    return overflow == null
        ? new Lane(executor, DEFAULT_CAPACITY, Overflow.block(), handler, report)
        : new Lane(executor, capacity, (Overflow<Object>) overflow, handler, report);
  }
}

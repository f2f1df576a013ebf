package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A listener at its place in a signal or a bus, with its options. */
final class Handler implements Subscription {

  /*
   * A handler is ACTIVE until it is closed, or PLAIN if it has no options, so that one look says
   * that it can simply be called. One that listens once is SPENT in between: it has accepted its
   * event, takes no other, and may still be waiting for its turn on another thread.
   *
   * The arrays that signals and buses read are never changed, so a dispatch that began before the
   * handler was closed still meets it. The state, asked before each call, is what ends the
   * subscription; taking the handler out of the array only saves the question.
   */

  static final Handler[] NONE = {};

  private static final int PLAIN = 0;
  private static final int ACTIVE = 1;
  private static final int SPENT = 2;
  private static final int CLOSED = 3;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Handler.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Class<?> type;
  final String name;
  final int priority;

  private final Listener<Object> listener;
  private final Consumer<Handler> remover;
  private final boolean once;
  private final @Nullable Predicate<Object> filter;
  private final @Nullable Calls calls;
  private final @Nullable Delivery delivery;
  private final @Nullable Runnable whenBusCloses;
  private volatile int state;

  /** Creates a handler that is called by the thread that announces the event. */
  Handler(String name, int priority, Listener<Object> listener, Consumer<Handler> remover) {
    this.type = Object.class;
    this.name = name;
    this.priority = priority;
    this.listener = listener;
    this.remover = remover;
    filter = listener instanceof WeakCall<?> weak ? event -> weak.hasOwner() : null;
    state = filter == null ? PLAIN : ACTIVE;
    once = false;
    calls = null;
    delivery = null;
    whenBusCloses = null;
  }

  /** Creates a handler with the options of a registration. */
  @SuppressWarnings("unchecked") // a bus offers a handler only events of its type
  <E> Handler(Registration<E> registration, Listener<? super E> listener, EventBus<?> bus) {
    this.listener = (Listener<Object>) listener;
    type = registration.type();
    name = registration.nameOr(listener);
    priority = registration.priority();
    remover = bus::remove;
    once = registration.isOnce();
    filter = (Predicate<Object>) registration.filter();
    calls = registration.isTracked() ? new Calls() : null;
    delivery = registration.deliveryTo(this, bus::report);
    whenBusCloses = registration.whenBusCloses();
    boolean plain = !once && filter == null && calls == null && delivery == null;
    state = plain ? PLAIN : ACTIVE;
  }

  /** Returns the class that the listener was written in, for want of a better name. */
  static String nameOf(Object listener) {
    var type = requireNonNull(listener, "listener").getClass().getName();
    var lambda = type.indexOf("$$Lambda");
    return "the listener in " + (lambda < 0 ? type : type.substring(0, lambda));
  }

  /** Returns a copy of the handlers with this one at its place: by priority, then by age. */
  Handler[] addedTo(Handler[] handlers) {
    int place = handlers.length;
    while (place > 0 && handlers[place - 1].priority < priority) {
      place--;
    }
    var more = Arrays.copyOf(handlers, handlers.length + 1);
    System.arraycopy(handlers, place, more, place + 1, handlers.length - place);
    more[place] = this;
    return more;
  }

  /** Returns a copy of the handlers without this one. */
  Handler[] removedFrom(Handler[] handlers) {
    return Arrays.stream(handlers).filter(other -> other != this).toArray(Handler[]::new);
  }

  /** Calls the listener, or hands the event to whom will; returns false if it takes no event. */
  boolean offer(Object event) throws Exception {
    int now = state;
    if (now == PLAIN) {
      listener.on(event);
      return true;
    }
    return now == ACTIVE && offerByOptions(event);
  }

  private boolean offerByOptions(Object event) throws Exception {
    if (filter != null && !filter.test(event)) {
      if (isOrphaned()) {
        close();
      }
      return false;
    }
    if (once && !STATE.compareAndSet(this, ACTIVE, SPENT)) {
      return false;
    }
    var accepted = false;
    try {
      accepted = delivery == null ? call(event) : delivery.accept(event);
      return accepted;
    } finally {
      if (once && !accepted) { // no effect if the listener was called
        STATE.compareAndSet(this, SPENT, ACTIVE);
      }
    }
  }

  /** Calls the listener on this thread; returns false if the subscription has ended. */
  boolean call(Object event) throws Exception {
    try {
      return calls == null ? callIfOpen(event) : callCounted(calls, event);
    } finally {
      if (once) {
        close();
      }
    }
  }

  private boolean callCounted(Calls counter, Object event) throws Exception {
    counter.begin(); // before the state is read, so that whoever closes sees this call or is seen
    try {
      return callIfOpen(event);
    } finally {
      counter.end();
    }
  }

  private boolean callIfOpen(Object event) throws Exception {
    if (state == CLOSED) {
      return false;
    }
    listener.on(event);
    return true;
  }

  /** Returns whether the listener was given an owner that is garbage now. */
  boolean isOrphaned() {
    return listener instanceof WeakCall<?> weak && !weak.hasOwner();
  }

  /** Returns whether the listener is called by the thread that announces the event. */
  boolean isDirect() {
    return delivery == null;
  }

  Topology.Delivery describeDelivery() {
    return delivery == null ? new Topology.Delivery.Direct() : delivery.describe();
  }

  @Nullable
  Lane lane() {
    return delivery instanceof Lane lane ? lane : null;
  }

  /** Tells whoever depends on the listener that there will be no more events. */
  void busCloses() {
    if (whenBusCloses != null) {
      whenBusCloses.run();
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Ends the subscription; returns how many events it had accepted and now drops. */
  int end() {
    if ((int) STATE.getAndSet(this, CLOSED) == CLOSED) {
      return 0;
    }
    remover.accept(this);
    return delivery == null ? 0 : delivery.close();
  }

  @Override
  public boolean closeAndAwait(Duration limit) throws InterruptedException {
    requireNonNull(limit, "limit");
    if (calls == null) {
      throw new UnsupportedOperationException(
          "the calls of " + name + " are not counted; register it on a bus with tracked()");
    }
    close();
    return calls.awaitOthers(limit);
  }

  @Override
  public boolean isActive() {
    return state != CLOSED;
  }

  @Override
  public String toString() {
    return "Subscription[" + name + (isActive() ? "]" : ", closed]");
  }

  /** How an event gets to a listener that is not simply called. */
  interface Delivery {

    /** Takes an event, or returns false. */
    boolean accept(Object event) throws Exception;

    /** Forgets the events that wait, as the subscription has ended; returns how many there were. */
    default int close() {
      return 0;
    }

    Topology.Delivery describe();
  }
}

package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what one bus is given, on the thread that posts it: in turn, and whoever fails. */
final class Dispatch<R> {

  /*
   * A post looks up three things. The slot of the event's class is a number kept with the class
   * (Slots); the route, kept in the bus under that number, is the array of handlers to call
   * (Routes); and the state of the thread says whether the post happens inside a delivery.
   *
   * A thread keeps its state for as long as it lives, longer maybe than the bus and the classes of
   * this library. It is therefore an array of JDK types whose elements are null between posts.
   */

  private static final Logger log = LoggerFactory.getLogger(EventBus.class);

  // The elements of the state of a thread: the event being delivered, the events that its listeners
  // posted (an ArrayDeque), and the failures to be thrown in the end (an ArrayList).
  private static final int EVENT = 0;
  private static final int QUEUE = 1;
  private static final int FAILURES = 2;

  private final EventBus<R> bus;
  private final ErrorPolicy policy;
  private final Reentrancy reentrancy;
  private final Consumer<? super DeliveryFailure> onError;
  private final Consumer<? super R> onUndelivered;

  private final ThreadLocal<@Nullable Object[]> threads =
      ThreadLocal.withInitial(() -> new Object[3]);
  private final Slots slots = new Slots();

  Dispatch(
      EventBus<R> bus,
      ErrorPolicy policy,
      Reentrancy reentrancy,
      Consumer<? super DeliveryFailure> onError,
      Consumer<? super R> onUndelivered) {
    this.bus = bus;
    this.policy = policy;
    this.reentrancy = reentrancy;
    this.onError = onError;
    this.onUndelivered = onUndelivered;
  }

  /** Delivers an event; what it returns and throws is said at {@link EventBus#post}. */
  int post(R event) {
    var thread = threads.get();
    return thread[EVENT] == null ? postOutside(event, thread) : postInside(event, thread);
  }

  private int postOutside(R event, @Nullable Object[] thread) {
    thread[EVENT] = event;
    try {
      int called = deliver(event, thread);
      if (thread[QUEUE] != null) {
        deliverQueue(thread);
      }
      if (thread[FAILURES] != null) {
        throw new DeliveryException(failures(thread));
      }
      return called;
    } finally {
      Arrays.fill(thread, null);
    }
  }

  private int postInside(R event, @Nullable Object[] thread) {
    return switch (reentrancy) {
      case QUEUED -> {
        queue(thread).addLast(event);
        yield 0;
      }
      case NESTED -> postNested(event, thread);
      case REJECT ->
        throw new IllegalStateException("post of " + event.getClass().getName()
            + " inside the delivery of "
            + requireNonNull(thread[EVENT]).getClass().getName()
            + ", which this bus rejects; post after the delivery, or build the bus with QUEUED");
    };
  }

  private int postNested(R event, @Nullable Object[] thread) {
    var outer = thread[FAILURES];
    thread[FAILURES] = null;
    try {
      int called = deliver(event, thread);
      if (thread[FAILURES] != null) {
        throw new DeliveryException(failures(thread));
      }
      return called;
    } finally {
      thread[FAILURES] = outer;
    }
  }

  @SuppressWarnings("unchecked") // only events of type R are queued
  private void deliverQueue(@Nullable Object[] thread) {
    var queue = queue(thread);
    for (var next = queue.pollFirst(); next != null; next = queue.pollFirst()) {
      thread[EVENT] = next;
      deliver((R) next, thread);
    }
  }

  private int deliver(R event, @Nullable Object[] thread) {
    var type = event.getClass();
    int called = 0;
    for (var handler : bus.routes().to(slots.get(type), type)) {
      try {
        if (handler.offer(event)) {
          called++;
        }
      } catch (Throwable e) {
        if (handler.isDirect()) {
          called++;
        }
        failed(DeliveryFailure.of(event, handler, e), thread);
      }
    }
    if (called == 0) {
      undelivered(event);
    }
    return called;
  }

  private void failed(DeliveryFailure failure, @Nullable Object[] thread) {
    switch (policy) {
      case ISOLATE -> report(failure);
      case COLLECT -> failures(thread).add(failure);
      case STOP -> throw new DeliveryException(List.of(failure));
    }
  }

  private void undelivered(R event) {
    try {
      onUndelivered.accept(event);
    } catch (Throwable e) {
      DeliveryFailure.rethrowIfFatal(e);
      log.warn(
          "The handler for undelivered events failed on {}", event.getClass().getName(), e);
    }
  }

  /** Tells the error handler of a failure. */
  void report(DeliveryFailure failure) {
    try {
      onError.accept(failure);
    } catch (Throwable e) {
      DeliveryFailure.rethrowIfFatal(e);
      e.addSuppressed(failure.cause());
      log.warn("The error handler failed on: {}", failure, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static ArrayDeque<Object> queue(@Nullable Object[] thread) {
    var queue = thread[QUEUE];
    if (queue == null) {
      queue = new ArrayDeque<>();
      thread[QUEUE] = queue;
    }
    return (ArrayDeque<Object>) queue;
  }

  @SuppressWarnings("unchecked")
  private static List<DeliveryFailure> failures(@Nullable Object[] thread) {
    var failures = thread[FAILURES];
    if (failures == null) {
      failures = new ArrayList<>();
      thread[FAILURES] = failures;
    }
    return (List<DeliveryFailure>) failures;
  }
}

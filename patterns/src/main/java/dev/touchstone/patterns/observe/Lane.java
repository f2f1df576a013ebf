package dev.touchstone.patterns.observe;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Calls a listener by an executor, one event after the other, in the order of their acceptance. */
final class Lane implements Handler.Delivery {

  /*
   * Whoever calls the listener is the worker; there is one at most. While events wait, there is a
   * worker, or a task is scheduled that will become it. A worker gives its thread back after a
   * batch, so that many lanes can share few threads, and schedules the next task.
   *
   * A poster that finds the lane full waits for the worker. If there is none, and the poster's own
   * thread was the last one, then the executor has at most other threads to run the task on, and
   * perhaps no others. Such a poster becomes the worker until there is room: the listener is then
   * called by a thread of its executor, as promised, and nobody waits for himself.
   *
   * The queue is a map, because conflation looks events up by key; without conflation the keys are
   * numbers. The lock guards all mutable fields. Listeners, key functions and the executor are
   * called without it.
   */

  private static final int BATCH = 64;

  private final Executor executor;
  private final int capacity;
  private final Overflow<Object> overflow;
  private final Handler handler;
  private final FailureReport report;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition idle = lock.newCondition();
  private final LinkedHashMap<Object, Object> waiting = new LinkedHashMap<>();
  private long sequence;
  private long dropped;
  private boolean scheduled; // a task that has not begun
  private boolean closed;
  private @Nullable Thread worker;
  private long lastWorker; // the id of a thread, which is never used again; 0 at first

  Lane(
      Executor executor,
      int capacity,
      Overflow<Object> overflow,
      Handler handler,
      FailureReport report) {
    this.executor = executor;
    this.capacity = capacity;
    this.overflow = overflow;
    this.handler = handler;
    this.report = report;
  }

  @Override
  public boolean accept(Object event) throws InterruptedException {
    var key = overflow instanceof Overflow.Conflate<Object>(var keyOf) ? keyOf.apply(event) : null;
    if (overflow instanceof Overflow.Conflate && key == null) {
      throw new NullPointerException("the key function of " + handler.name + " returned null");
    }
    lock.lock();
    try {
      if (key != null && replace(key, event)) {
        return true;
      }
      while (!closed && waiting.size() >= capacity) {
        if (!makeRoom()) {
          return false;
        }
        if (key != null && replace(key, event)) { // came while this thread waited
          return true;
        }
      }
      if (closed) {
        return false;
      }
      waiting.put(key != null ? key : sequence++, event);
      if (scheduled || worker != null) {
        return true;
      }
      scheduled = true;
    } finally {
      lock.unlock();
    }
    start(event);
    return true;
  }

  private boolean replace(Object key, Object event) {
    if (waiting.replace(key, event) == null) {
      return false;
    }
    dropped++;
    return true;
  }

  /** Waits for room or drops an event; returns false if the new event is dropped. */
  private boolean makeRoom() throws InterruptedException {
    switch (overflow) {
      case Overflow.Block<Object> block -> awaitRoom();
      case Overflow.Conflate<Object> conflate -> awaitRoom();
      case Overflow.DropNewest<Object> newest -> {
        dropped++;
        return false;
      }
      case Overflow.DropOldest<Object> oldest -> {
        poll();
        dropped++;
      }
      case Overflow.Fail<Object> fail -> throw full("");
    }
    return true;
  }

  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  private void awaitRoom() throws InterruptedException {
    if (isWorker()) {
      throw full(", and it posted to itself, so that waiting would not end");
    }
    if (worker == null && lastWorker == Thread.currentThread().threadId()) {
      worker = Thread.currentThread();
      lock.unlock();
      try {
        workOff(1);
      } finally {
        lock.lock();
      }
    } else {
      room.await();
    }
  }

  @SuppressWarnings("ReferenceEquality") // threads have no other
  private boolean isWorker() {
    return worker == Thread.currentThread();
  }

  private LaneFullException full(String detail) {
    return new LaneFullException("the lane of " + handler.name + " is full with " + capacity
        + " events waiting" + detail + "; give it more capacity or another Overflow");
  }

  private void start(Object event) {
    try {
      executor.execute(this::work);
    } catch (Throwable e) { // a rejection, or no memory for another thread
      if (begin()) { // nobody else works for the lane and will see to the event
        abandon(event, e);
        throw e;
      }
    }
  }

  private void work() {
    if (begin()) {
      workOff(BATCH);
    }
  }

  /** Makes this thread the worker, unless another is, who will then see to what waits. */
  private boolean begin() {
    lock.lock();
    try {
      scheduled = false;
      if (worker != null) {
        return false;
      }
      worker = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void workOff(int batch) {
    try {
      do {
        callWithUpTo(batch);
      } while (!handOver());
    } catch (Throwable e) { // an error of the virtual machine, which must not strand what waits
      if (!handOver()) {
        abandon(null, e);
      }
      throw e;
    }
  }

  private void callWithUpTo(int events) {
    for (int i = 0; i < events; i++) {
      var event = next();
      if (event == null) {
        return;
      }
      try {
        handler.call(event);
      } catch (Throwable e) {
        report.failed(handler, event, e);
      }
    }
  }

  private @Nullable Object next() {
    lock.lock();
    try {
      lastWorker = Thread.currentThread().threadId();
      var event = poll();
      if (event != null) {
        room.signal();
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the work of this thread, with a task scheduled for what waits. Returns false if the executor
   * takes none, so that this thread must go on.
   */
  private boolean handOver() {
    lock.lock();
    try {
      worker = null;
      if (waiting.isEmpty()) {
        idle.signalAll();
        return true;
      }
      if (scheduled) {
        return true;
      }
      scheduled = true;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(this::work);
      return true;
    } catch (Throwable e) { // costs nothing but the change of threads
      return !begin();
    }
  }

  private @Nullable Object poll() {
    Iterator<Object> events = waiting.values().iterator();
    if (!events.hasNext()) {
      return null;
    }
    var event = events.next();
    events.remove();
    return event;
  }

  /** Gives up what waits, since there is nobody to call the listener, and reports all but one. */
  @SuppressWarnings("ReferenceEquality") // equal events are different events
  private void abandon(@Nullable Object excepted, Throwable cause) {
    var failure = cause instanceof VirtualMachineError
        ? new RejectedExecutionException("the executor of " + handler.name + " failed", cause)
        : cause;
    for (var event : giveUp()) {
      if (event != excepted) {
        report.failed(handler, event, failure);
      }
    }
  }

  private List<Object> giveUp() {
    lock.lock();
    try {
      var events = new ArrayList<>(waiting.values());
      waiting.clear();
      scheduled = false;
      worker = null;
      room.signalAll();
      idle.signalAll();
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no event waits or is being handled, unless by this thread itself. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while ((worker != null || !waiting.isEmpty()) && !isWorker()) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int close() {
    lock.lock();
    try {
      closed = true;
      int events = waiting.size();
      waiting.clear();
      room.signalAll();
      if (worker == null) {
        idle.signalAll();
      }
      return events;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Topology.Delivery describe() {
    lock.lock();
    try {
      return new Topology.Delivery.Lane(waiting.size(), capacity, dropped);
    } finally {
      lock.unlock();
    }
  }
}

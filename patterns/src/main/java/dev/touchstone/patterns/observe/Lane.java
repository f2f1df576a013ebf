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
   * The lane is busy from the moment an event is put into an idle lane until its queue is found
   * empty; while it is busy, exactly one task exists that will take the next event. That task gives
   * its thread back after a batch, so that many lanes can share few threads.
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
  private boolean busy;
  private boolean closed;
  private @Nullable Thread worker;

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
      if (key != null && waiting.replace(key, event) != null) {
        dropped++;
        return true;
      }
      if (!makeRoom()) {
        return false;
      }
      waiting.put(key != null ? key : sequence++, event);
      if (busy) {
        return true;
      }
      busy = true;
    } finally {
      lock.unlock();
    }
    start(event);
    return true;
  }

  /** Returns whether there is room for one event, after waiting for it or dropping another. */
  private boolean makeRoom() throws InterruptedException {
    while (!closed && waiting.size() >= capacity) {
      switch (overflow) {
        case Overflow.Block<Object> block -> {
          checkThatRoomCanCome();
          room.await();
        }
        case Overflow.Conflate<Object> conflate -> {
          checkThatRoomCanCome();
          room.await();
        }
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
    }
    return !closed;
  }

  private void checkThatRoomCanCome() {
    if (isWorker()) {
      throw full(", and it posted to itself, so that waiting would not end");
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

  @SuppressWarnings("ReferenceEquality") // equal events are different events
  private void start(Object event) {
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException e) {
      for (var stranded : giveUp()) {
        if (stranded != event) { // the failure of this one goes to its poster, below
          report.failed(handler, stranded, e);
        }
      }
      throw e;
    }
  }

  private void work() {
    var finished = false;
    try {
      finished = workOnBatch();
      while (!finished && !resubmit()) {
        finished = workOnBatch();
      }
    } catch (Throwable e) { // an error of the virtual machine: let the next event start anew
      stop();
      throw e;
    }
  }

  /** Returns true when the queue was found empty, and the lane is idle. */
  private boolean workOnBatch() {
    for (int i = 0; i < BATCH; i++) {
      var event = next();
      if (event == null) {
        return true;
      }
      try {
        handler.call(event);
      } catch (Throwable e) {
        report.failed(handler, event, e);
      }
    }
    return false;
  }

  private @Nullable Object next() {
    lock.lock();
    try {
      worker = Thread.currentThread();
      var event = poll();
      if (event == null) {
        becomeIdle();
      } else {
        room.signal();
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  /** Returns false if the executor takes no more tasks, so that this thread must go on. */
  private boolean resubmit() {
    lock.lock();
    try {
      worker = null;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(this::work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
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

  private void becomeIdle() {
    busy = false;
    worker = null;
    idle.signalAll();
  }

  private void stop() {
    lock.lock();
    try {
      becomeIdle();
    } finally {
      lock.unlock();
    }
  }

  private List<Object> giveUp() {
    lock.lock();
    try {
      var events = new ArrayList<>(waiting.values());
      waiting.clear();
      room.signalAll();
      becomeIdle();
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
      while (busy && !isWorker()) {
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
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many events wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
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

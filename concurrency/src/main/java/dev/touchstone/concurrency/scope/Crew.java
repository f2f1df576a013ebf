package dev.touchstone.concurrency.scope;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The subtasks of a scope that have a thread, or wait for one, and the owner that waits for them.
 *
 * <p>A subtask that waits for its turn is started by the thread of one that ended. After a
 * cancellation no work starts. No foreign code runs under the lock.
 */
final class Crew {

  private final Thread owner;
  private final ThreadFactory threads;
  private final TimeSource time;
  private final boolean isLimited;

  /** How many were admitted and have not ended. */
  private final AtomicInteger pending = new AtomicInteger();

  private volatile boolean cancelled;

  private final ReentrantLock lock = new ReentrantLock();

  /** Those that run, linked through themselves; guarded by the lock, as are the next two. */
  private @Nullable ForkedTask<?> running;

  private final Deque<ForkedTask<?>> line = new ArrayDeque<>(0);
  private int free;

  Crew(Thread owner, ScopeConfiguration configuration) {
    this.owner = owner;
    threads = configuration.threads();
    time = configuration.time();
    free = configuration.limit();
    isLimited = free < Integer.MAX_VALUE;
  }

  boolean isCancelled() {
    return cancelled;
  }

  boolean isEmpty() {
    return pending.get() == 0;
  }

  /** Starts the subtask when there is a place for it; called by the owner. */
  void admit(ForkedTask<?> task) {
    if (cancelled) {
      return;
    }
    pending.incrementAndGet();
    if (!takePlace(task)) {
      return;
    }
    if (!start(task)) {
      ended(task);
    }
  }

  private boolean takePlace(ForkedTask<?> task) {
    if (!isLimited) {
      return true;
    }
    lock.lock();
    try {
      if (free > 0 || cancelled) { // once cancelled it will end without having run
        free--;
        return true;
      }
      line.add(task);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean start(ForkedTask<?> task) {
    try {
      var thread = threads.newThread(task);
      if (thread == null) {
        throw new RejectedExecutionException("the thread factory returned null");
      }
      thread.start();
      return true;
    } catch (Throwable failure) {
      task.fail(new RejectedExecutionException("no thread could be started", failure));
      return false;
    }
  }

  /**
   * Called by the thread of a subtask before the work.
   *
   * @return false if the scope was cancelled, so that the work must not start
   */
  boolean enter(ForkedTask<?> task) {
    lock.lock();
    try {
      if (cancelled) {
        return false;
      }
      task.thread = Thread.currentThread();
      task.next = running;
      if (running != null) {
        running.previous = task;
      }
      running = task;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Called as the last act of an admitted subtask that ran, was refused, or had no thread. */
  void ended(ForkedTask<?> task) {
    var successor = leave(task);
    while (successor != null && !start(successor)) {
      var next = leave(successor);
      signOff();
      successor = next;
    }
    signOff();
  }

  private @Nullable ForkedTask<?> leave(ForkedTask<?> task) {
    lock.lock();
    try {
      unlink(task);
      var successor = line.poll();
      if (successor == null) {
        free++;
      }
      return successor;
    } finally {
      lock.unlock();
    }
  }

  private void unlink(ForkedTask<?> task) {
    if (task.thread == null) {
      return; // never entered
    }
    task.thread = null;
    if (task.previous == null) {
      running = task.next;
    } else {
      task.previous.next = task.next;
    }
    if (task.next != null) {
      task.next.previous = task.previous;
    }
    task.previous = null;
    task.next = null;
  }

  private void signOff() {
    if (pending.decrementAndGet() == 0) {
      LockSupport.unpark(owner);
    }
  }

  /** Lets no work start any more, and interrupts what runs, except for the calling thread. */
  @SuppressWarnings("ReferenceEquality") // a thread is itself
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      pending.addAndGet(-line.size());
      line.clear();
      for (var task = running; task != null; task = task.next) {
        if (task.thread != null && task.thread != Thread.currentThread()) {
          task.thread.interrupt();
        }
      }
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(owner);
  }

  /** Waits until all have ended or the crew is cancelled. */
  void awaitResult(Object blocker) throws InterruptedException {
    while (!isEmpty() && !cancelled) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting at " + blocker);
      }
      time.park(blocker);
    }
  }

  /**
   * Waits until all have ended, through interruptions; the flag is set if there were any.
   *
   * @param whenLate run once if the patience is over before
   */
  void awaitEnd(Patience patience, Runnable whenLate, Object blocker) {
    var interrupted = false;
    var late = false;
    while (!isEmpty()) {
      interrupted |= Thread.interrupted();
      if (late) {
        time.park(blocker);
      } else if (!patience.park(blocker)) {
        late = true;
        whenLate.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the threads that run subtasks. */
  List<Thread> threads() {
    lock.lock();
    try {
      var found = new ArrayList<Thread>();
      for (var task = running; task != null; task = task.next) {
        if (task.thread != null) {
          found.add(task.thread);
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }
}

package dev.touchstone.concurrency.waiting;

import dev.touchstone.concurrency.time.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A reentrant lock that serves in the order of arrival, waits through a {@link TimeSource}, tells
 * who holds it and who waits for it, and can retire when nobody needs it any more.
 */
public final class Mutex {

  /*
   *   FREE -> HELD -> CONTENDED
   *    ^--------'---------'        and RETIRED, in place of FREE, for those that are used once
   *
   * While HELD, one compare-and-set releases. A waiter changes HELD to CONTENDED, with the guard
   * held, before it joins the line; a release that finds CONTENDED takes the guard and hands the
   * mutex to the first in line, so nobody can overtake. The owner is read by others for reports
   * only: a thread finds itself there only if it wrote that or was called by who did.
   */
  private static final int FREE = 0;
  private static final int HELD = 1;
  private static final int CONTENDED = 2;
  private static final int RETIRED = 3;

  private static final VarHandle STATE;
  private static final VarHandle OWNER;

  static {
    try {
      var lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Mutex.class, "state", int.class);
      OWNER = lookup.findVarHandle(Mutex.class, "owner", Thread.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** What became of an attempt to take a mutex. */
  public enum Attempt {
    /** The caller holds it. */
    TAKEN,
    /** Another thread holds it. */
    BUSY,
    /** It will never be free again: use another one. */
    RETIRED
  }

  /** A thread that waits for a mutex, and since when. */
  public static final class Waiter extends Turn {

    private final long since;

    Waiter(long since) {
      this.since = since;
    }

    /** Returns the reading of the time source at which the wait began. */
    public long since() {
      return since;
    }
  }

  private final ReentrantLock guard;
  private final int whenIdle;

  private volatile int state;

  @SuppressWarnings("unused") // through the handle
  private @Nullable Thread owner;

  /** Used by the owner only, and by who hands the mutex over. */
  private int holds;

  /** Created when the first thread has to wait; guarded by the guard. */
  private @Nullable Turns<Waiter> line;

  private Mutex(ReentrantLock guard, int state, int whenIdle) {
    this.guard = guard;
    this.state = state;
    this.whenIdle = whenIdle;
  }

  /** Returns a mutex that is free. */
  public static Mutex create() {
    return new Mutex(new ReentrantLock(), FREE, FREE);
  }

  /**
   * Returns a mutex that the current thread holds, and that retires when it would be free.
   *
   * @param guard guards its line; may be shared, and is held for a few instructions
   */
  public static Mutex usedOnce(ReentrantLock guard) {
    var mutex = new Mutex(guard, HELD, RETIRED);
    OWNER.setOpaque(mutex, Thread.currentThread());
    mutex.holds = 1;
    return mutex;
  }

  /** Returns who holds it; null if nobody does. */
  public @Nullable Thread owner() {
    return (Thread) OWNER.getOpaque(this);
  }

  /** Takes it if it is free or already held by the caller. */
  @SuppressWarnings("ReferenceEquality") // a thread is itself
  public Attempt tryLock() {
    var me = Thread.currentThread();
    if (owner() == me) {
      holds++;
      return Attempt.TAKEN;
    }
    if (STATE.compareAndSet(this, FREE, HELD)) {
      OWNER.setOpaque(this, me);
      holds = 1;
      return Attempt.TAKEN;
    }
    return state == RETIRED ? Attempt.RETIRED : Attempt.BUSY;
  }

  /**
   * Takes it, waiting as long as the patience says.
   *
   * @param blocker what the thread waits for, in thread dumps
   * @return {@code BUSY} if the patience was over before
   * @throws InterruptedException if interrupted while it waits; a caller that has got it before it
   *     noticed has its flag set instead
   */
  public Attempt lock(Patience patience, TimeSource time, Object blocker)
      throws InterruptedException {
    var attempt = tryLock();
    if (attempt != Attempt.BUSY || patience.isOver()) {
      return attempt;
    }
    var waiter = new Waiter(time.nanoTime());
    Turns<Waiter> joined;
    guard.lock();
    try {
      attempt = tryContend();
      if (attempt != Attempt.BUSY) {
        return attempt;
      }
      if (line == null) {
        line = new Turns<>(guard);
      }
      joined = line;
      joined.add(waiter);
    } finally {
      guard.unlock();
    }
    return joined.await(waiter, patience, blocker) ? Attempt.TAKEN : Attempt.BUSY;
  }

  /** Takes it, or makes sure that the release will look for waiters. */
  private Attempt tryContend() {
    while (true) {
      var attempt = tryLock();
      if (attempt != Attempt.BUSY
          || state == CONTENDED
          || STATE.compareAndSet(this, HELD, CONTENDED)) {
        return attempt;
      }
    }
  }

  /**
   * Releases it once.
   *
   * @return whether it has retired
   * @throws IllegalMonitorStateException if the caller does not hold it
   */
  @SuppressWarnings("ReferenceEquality") // a thread is itself
  public boolean unlock() {
    if (owner() != Thread.currentThread()) {
      throw new IllegalMonitorStateException(
          Thread.currentThread() + " does not hold the lock: it must be released by its holder");
    }
    if (--holds > 0) {
      return false;
    }
    OWNER.setOpaque(this, null);
    if (!STATE.compareAndSet(this, HELD, whenIdle)) {
      var next = handOver();
      if (next != null) {
        next.call();
        return false;
      }
    }
    return whenIdle == RETIRED;
  }

  private @Nullable Waiter handOver() {
    guard.lock();
    try {
      var next = line == null ? null : line.pollFirst();
      if (next == null) {
        state = whenIdle;
      } else {
        OWNER.setOpaque(this, next.thread());
        holds = 1;
      }
      return next;
    } finally {
      guard.unlock();
    }
  }

  /** Returns who waits for it, the longest waiting first. */
  public List<Waiter> waiters() {
    guard.lock();
    try {
      return line == null ? List.of() : line.list();
    } finally {
      guard.unlock();
    }
  }
}

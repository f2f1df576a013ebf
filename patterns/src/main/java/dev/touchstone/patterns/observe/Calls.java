package dev.touchstone.patterns.observe;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the calls of one listener that are under way, to let others await their end. */
final class Calls {

  private final AtomicInteger underway = new AtomicInteger();
  private final ConcurrentHashMap<Thread, Integer> byThread = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private volatile boolean awaited;

  void begin() {
    underway.incrementAndGet();
    byThread.merge(Thread.currentThread(), 1, Integer::sum);
  }

  void end() {
    byThread.computeIfPresent(
        Thread.currentThread(), (thread, depth) -> depth == 1 ? null : depth - 1);
    underway.decrementAndGet();
    if (awaited) {
      lock.lock();
      try {
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits until the only calls under way are those that this thread is inside of. */
  boolean awaitOthers(Duration limit) throws InterruptedException {
    int own = byThread.getOrDefault(Thread.currentThread(), 0);
    awaited = true;
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.NANOSECONDS.convert(limit);
      while (underway.get() > own) {
        if (left <= 0) {
          return false;
        }
        left = ended.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}

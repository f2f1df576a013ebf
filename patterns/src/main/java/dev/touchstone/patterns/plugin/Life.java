package dev.touchstone.patterns.plugin;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the uses of one plugin's extensions, so that it is not taken down under one of them. */
final class Life {

  private final PluginDescriptor plugin;
  private final AtomicLong users = new AtomicLong(1); // the host is one, until it ends the life
  private volatile boolean ended;
  private volatile boolean forgotten;
  private final ConcurrentLinkedQueue<Runnable> forgetting = new ConcurrentLinkedQueue<>();
  private final CountDownLatch idle = new CountDownLatch(1);

  Life(PluginDescriptor plugin) {
    this.plugin = plugin;
  }

  PluginDescriptor plugin() {
    return plugin;
  }

  /**
   * Begins a use, unless the life has ended. One that comes at the same time may begin, and is waited
   * for: the number is read before the end is looked for, so the host is still in it, and it is never
   * raised from zero.
   */
  boolean tryEnter() {
    for (long count = users.get(); !ended; count = users.get()) {
      if (users.compareAndSet(count, count + 1)) {
        return true;
      }
    }
    return false;
  }

  void leave() {
    if (users.decrementAndGet() == 0) {
      idle.countDown();
    }
  }

  /** Ends the life, once. */
  void end() {
    ended = true;
    leave();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Calls an action when the plugin is gone; at once if it is. */
  void onForget(Runnable action) {
    forgetting.add(action);
    if (forgotten) {
      forget();
    }
  }

  /** Drops what refers to objects of the plugin; no use is under way, or waited for, any more. */
  void forget() {
    forgotten = true;
    for (var action = forgetting.poll(); action != null; action = forgetting.poll()) {
      action.run();
    }
  }

  /** Waits, also if interrupted, until the uses under way are over; returns whether they are. */
  boolean awaitIdle(Duration limit) {
    return Waiting.uninterruptibly(limit, nanos -> idle.await(nanos, TimeUnit.NANOSECONDS));
  }
}

package dev.touchstone.examples.taskqueue;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.time.TimeSource.Timer;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease of a worker, on a thread of its own; and ends it here before the store ends it
 * there.
 */
final class LeaseKeeper implements AutoCloseable {

  /*
   * The deadline counts from before the heartbeat was sent: the store counts from when it arrived, so
   * the worker always stops first, by the margin at least. A timer watches the deadline and not the
   * thread of the heartbeats, which may be waiting for an answer then.
   */

  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final JobStore store;
  private final String name;
  private final Duration ttl;
  private final Duration margin;
  private final TimeSource time;
  private final Listener listener;
  private final Thread thread;

  private volatile @Nullable Lease lease;
  private volatile boolean isClosed;

  /** For the thread of the keeper. */
  private long nextBeat;

  private @Nullable Timer watch;

  /** Who acts on what the keeper learns. Called by the keeper and by the timer; must not wait. */
  interface Listener {

    /** There is a new lease. */
    void leased();

    /** Somebody has cancelled these jobs. */
    void cancelled(List<Fence> jobs);

    /** The lease is over, and all that depends on it. May be told twice. */
    void lost(Lease lease);
  }

  LeaseKeeper(
      JobStore store,
      String name,
      Duration ttl,
      TimeSource time,
      ThreadFactory threads,
      Listener listener) {
    this.store = store;
    this.name = name;
    this.ttl = ttl;
    this.time = time;
    this.listener = listener;
    margin = ttl.dividedBy(7); // 2 s of 15
    thread = threads.newThread(this::keep);
    thread.setName("queue-lease-" + name);
  }

  /**
   * Takes the first lease, and starts to keep it.
   *
   * @throws StoreException if the store refuses
   */
  void start() {
    register();
    thread.start();
  }

  /** Returns the lease; empty while there is none. */
  Optional<Lease> lease() {
    return Optional.ofNullable(lease).filter(held -> !held.isOver());
  }

  private void register() {
    var sent = time.nanoTime();
    var worker = store.register(name, ttl);
    lease = new Lease(worker, time, deadline(sent));
    nextBeat = sent + ttl.dividedBy(3).toNanos();
    watch();
    listener.leased();
  }

  private long deadline(long sent) {
    return sent + ttl.minus(margin).toNanos();
  }

  private void keep() {
    while (!isClosed) {
      if (nextBeat - time.nanoTime() > 0) {
        time.parkUntil(this, nextBeat);
        if (Thread.interrupted()) {
          return;
        }
      } else {
        beat();
      }
    }
  }

  private void beat() {
    try {
      var held = lease;
      if (held == null || held.isOver()) {
        lose(held);
        register();
      } else {
        renew(held);
      }
    } catch (RuntimeException e) {
      log.warn("Worker '{}' cannot renew its lease: {}", name, e.getMessage());
      nextBeat = time.deadlineAfter(BEFORE_NEXT_TRY);
    }
  }

  private void renew(Lease held) {
    var sent = time.nanoTime();
    var cancelled = store.heartbeat(held.worker(), ttl);
    if (cancelled.isEmpty()) {
      log.warn("Worker '{}' was taken for dead", name);
      lose(held);
      register();
      return;
    }
    held.renewUntil(deadline(sent));
    nextBeat = sent + ttl.dividedBy(3).toNanos();
    watch();
    if (!cancelled.get().isEmpty()) {
      listener.cancelled(cancelled.get());
    }
  }

  private void lose(@Nullable Lease held) {
    if (held != null) {
      held.end();
      listener.lost(held);
    }
    lease = null;
  }

  /** Ends the lease at its deadline, whatever the keeper does then. */
  private void watch() {
    if (watch != null) {
      watch.cancel();
    }
    var watched = lease;
    if (watched != null) {
      var left = Duration.ofNanos(Math.max(0, watched.deadline() - time.nanoTime()));
      watch = time.schedule(
          () -> {
            if (watched.isOver() && !isClosed) {
              log.warn("Worker '{}' could not renew its lease in time", name);
              watched.end();
              listener.lost(watched);
            }
          },
          left);
    }
  }

  /** Stops, and gives the lease back. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (watch != null) {
      watch.cancel();
    }
    var held = lease;
    if (held != null) {
      try {
        store.retire(held.worker());
      } catch (StoreException e) {
        log.warn(
            "Worker '{}' could not sign off, its lease will end by itself: {}",
            name,
            e.getMessage());
      }
    }
  }
}

package dev.touchstone.examples.gateway.edge;

import dev.touchstone.apiclient.time.Deadline;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being answered, by the thread that made this. Other threads may end it early: the
 * first reason counts, and the thread is interrupted once. Never after it has gone on to something
 * else: that is what the lock is for.
 */
final class Running {

  /** Why nobody waits for the answer any more. */
  enum Reason {
    /** The client has gone. */
    CLIENT_LEFT,
    /** The deadline has passed. */
    LATE,
    /** The server stops and does not wait any longer. */
    STOPPED
  }

  private final Thread thread = Thread.currentThread();
  private final RequestBody body;
  private final @Nullable WatchedEndPoint endPoint; // null for HTTP/2
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Deadline deadline; // null until the route is known
  private @Nullable Reason reason;
  private boolean isOver;

  // Of the thread that looks. The watch costs more than a quick request, which needs none.
  private int looks;
  private boolean isWatching;

  Running(RequestBody body, @Nullable WatchedEndPoint endPoint) {
    this.body = body;
    this.endPoint = endPoint;
  }

  void limit(Deadline limit) {
    deadline = limit;
  }

  /**
   * Gives the request up if it is late, and starts to watch for a client that leaves if it has been
   * running for a while. Called time and again, by one thread.
   */
  void look() {
    var limit = deadline;
    if (limit != null && limit.isPassed()) {
      giveUp(Reason.LATE);
    }
    looks++;
    if (looks > 1 && !isWatching && endPoint != null && body.isRead()) {
      isWatching = true;
      endPoint.watch(() -> giveUp(Reason.CLIENT_LEFT));
    }
  }

  /** Gives the request up. */
  void giveUp(Reason why) {
    lock.lock();
    try {
      if (!isOver && reason == null) {
        reason = why;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns why it was given up; empty if it was not. */
  Optional<Reason> reason() {
    lock.lock();
    try {
      return Optional.ofNullable(reason);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the part of the request that may be given up. From now on the thread is its own again, and
   * not interrupted.
   */
  void end() {
    lock.lock();
    try {
      isOver = true;
      if (reason != null) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}

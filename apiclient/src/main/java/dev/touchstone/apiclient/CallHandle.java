package dev.touchstone.apiclient;

import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a call from another thread: its socket, and its thread if it waits.
 *
 * <p>The lock guards all fields. Under it, a thread is interrupted or an OkHttp call cancelled,
 * because neither may happen to the next call of the same thread. That tells OkHttp's listeners on
 * the same thread, for whom the lock is open.
 */
final class CallHandle {

  private final ReentrantLock lock = new ReentrantLock();
  private boolean cancelled;
  private @Nullable Thread runner;
  private @Nullable Call current;

  /** Tells that the calling thread runs the call from now on. */
  void started() {
    lock.lock();
    try {
      runner = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /** Tells that the calling thread has done with the call: it is not interrupted after this. */
  void ended() {
    lock.lock();
    try {
      runner = null;
      current = null;
      if (cancelled) {
        // The thread goes back to a pool, and the interruption was meant for this call.
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells which OkHttp call is on the wire now. If this handle is cancelled, so is the call. */
  void sending(Call call) {
    lock.lock();
    try {
      current = call;
      if (cancelled) {
        call.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      if (current != null) {
        current.cancel();
      }
      if (runner != null) {
        runner.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }
}

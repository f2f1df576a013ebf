package dev.touchstone.examples.gateway.edge;

import dev.touchstone.apiclient.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that notices when the client leaves while its request is being answered, and knows how
 * long the head of a request has been on its way.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

  /*
   * Over HTTP/1.1 Jetty reads no further once it has the whole request, so it learns only from the
   * first write that fails that nobody is there: after the backend has done all the work. Somebody has
   * to read, and what they read may be the next request of a client that did not wait for the answer.
   * So while a request is answered this end point waits for the connection to become readable; then it
   * reads into a small buffer of its own, which it hands to Jetty when Jetty reads next. The end of
   * the stream is a client that has left. (One that only shuts down its own direction looks the same,
   * and is treated the same: nginx does so too.)
   *
   * Jetty allows one registration of interest per connection. While the watch has it, Jetty's own is
   * kept in "next" and called in its place.
   *
   * The lock guards the fields below it. What is called under it does not block: fill() is a read of a
   * channel that does not. Callbacks run outside.
   */

  private static final int AHEAD = 1_024;

  private final Executor executor;
  private final TimeSource time;
  private final Callback watcher = Callback.from(this::readable, this::broken);
  private final ReentrantLock lock = new ReentrantLock();
  private boolean isRegistered; // the watcher is who is told when there is something to read
  private boolean isEnded;
  private @Nullable ByteBuffer ahead; // what the watcher has read, ready to be taken
  private @Nullable Runnable onGone;
  private @Nullable Callback next;
  private boolean isServing;
  private long headSince; // nanoTime; 0 if no head is on its way

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor,
      TimeSource time) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
    this.time = time;
  }

  /** Notes that the head of a request has arrived. */
  void requestBegan() {
    lock.lock();
    try {
      isServing = true;
      headSince = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that the request has been answered, and calls nobody any more. */
  void requestEnded() {
    lock.lock();
    try {
      isServing = false;
      onGone = null;
    } finally {
      lock.unlock();
    }
  }

  /** Returns for how many nanoseconds the head of a request has been on its way; 0 if none is. */
  long headNanos() {
    lock.lock();
    try {
      return headSince == 0 ? 0 : time.nanoTime() - headSince;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the client to leave. To be called when the request has been read to its end.
   *
   * @param gone called at most once, unless {@link #requestEnded} is called before
   */
  void watch(Runnable gone) {
    lock.lock();
    try {
      if (isEnded || !isServing) {
        return; // it ended while the request was read: Jetty says so
      }
      onGone = gone;
      if (isRegistered || ahead != null) {
        return;
      }
      isRegistered = true;
    } finally {
      lock.unlock();
    }
    register();
  }

  private void register() {
    if (!super.tryFillInterested(watcher)) {
      lock.lock();
      try {
        isRegistered = false; // somebody else reads, and will see the end
      } finally {
        lock.unlock();
      }
    }
  }

  private void readable() {
    Callback reader;
    Runnable gone = null;
    var again = false;
    lock.lock();
    try {
      isRegistered = false;
      reader = next;
      next = null;
      if (reader == null) {
        var read = readAhead();
        isEnded = read < 0;
        gone = isEnded ? onGone : null;
        again = read == 0;
        isRegistered = again;
      }
    } finally {
      lock.unlock();
    }
    if (reader != null) {
      reader.succeeded();
    }
    if (gone != null) {
      gone.run();
    }
    if (again) {
      register();
    }
  }

  private int readAhead() {
    var buffer = ByteBuffer.allocate(AHEAD);
    buffer.limit(0); // Jetty's buffers are always ready to be read
    try {
      var read = super.fill(buffer);
      ahead = read > 0 ? buffer : null;
      return read;
    } catch (IOException broken) {
      return -1;
    }
  }

  private void broken(Throwable failure) {
    Callback reader;
    Runnable gone;
    lock.lock();
    try {
      isRegistered = false;
      reader = next;
      next = null;
      gone = onGone;
      onGone = null;
    } finally {
      lock.unlock();
    }
    if (reader != null) {
      reader.failed(failure);
    }
    if (gone != null) {
      gone.run();
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    lock.lock();
    try {
      var read = ahead == null ? super.fill(buffer) : take(ahead, buffer);
      if (read > 0 && !isServing && headSince == 0) {
        headSince = time.nanoTime();
      }
      return read;
    } finally {
      lock.unlock();
    }
  }

  private int take(ByteBuffer from, ByteBuffer to) {
    var position = BufferUtil.flipToFill(to);
    var count = BufferUtil.put(from, to);
    BufferUtil.flipToFlush(to, position);
    if (!from.hasRemaining()) {
      ahead = null;
    }
    return count;
  }

  /** Returns whether Jetty waits to read: to it, a request that ends while it does has gone wrong. */
  @Override
  public boolean isFillInterested() {
    lock.lock();
    try {
      return isRegistered ? next != null : super.isFillInterested();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void fillInterested(Callback callback) {
    if (!tryFillInterested(callback)) {
      throw new ReadPendingException();
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    boolean isReadable;
    lock.lock();
    try {
      if (isRegistered) {
        if (next != null) {
          return false;
        }
        next = callback;
        return true;
      }
      isReadable = ahead != null || isEnded;
    } finally {
      lock.unlock();
    }
    if (!isReadable) {
      return super.tryFillInterested(callback);
    }
    executor.execute(callback::succeeded);
    return true;
  }
}

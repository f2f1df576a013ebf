package dev.touchstone.examples.gateway.edge;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Keeps the requests that are being answered, gives up those whose time is over, and closes
 * connections whose next request does not get to the end of its head.
 */
final class Overseer implements AutoCloseable {

  /*
   * One thread looks at everything some times a second. A timer for each request would be more exact,
   * but its lock would be taken twice by each request, and exact it need not be: what keeps deadlines
   * to the millisecond are the calls to the backends. This is for whoever does not look at the clock.
   */

  private static final Duration PACE = Duration.ofMillis(50);

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final Duration headTimeout;
  private final Supplier<Stream<WatchedEndPoint>> connections;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("edge-overseer").unstarted(this::run);
  private volatile boolean isDraining; // from then on whoever waits is told of every end
  private boolean isClosed; // guarded by the lock

  Overseer(Duration headTimeout, Supplier<Stream<WatchedEndPoint>> connections) {
    this.headTimeout = headTimeout;
    this.connections = connections;
  }

  void start() {
    thread.start();
  }

  Running begin(Running request) {
    running.add(request);
    return request;
  }

  void end(Running request) {
    running.remove(request);
    if (isDraining) {
      signal();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int count() {
    return running.size();
  }

  private void run() {
    while (pause()) {
      running.forEach(Running::look);
      connections
          .get()
          .filter(connection -> connection.headNanos() > headTimeout.toNanos())
          .filter(Overseer::isHttp1)
          .forEach(WatchedEndPoint::close);
    }
  }

  /* A connection of HTTP/2 brings heads in frames, between those of others: it has other limits. */
  static boolean isHttp1(WatchedEndPoint connection) {
    return connection.getConnection() instanceof ConnectionMetaData http
        && http.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
  }

  private boolean pause() {
    lock.lock();
    try {
      var rest = PACE.toNanos();
      while (!isClosed && rest > 0) {
        rest = changed.awaitNanos(rest);
      }
      return !isClosed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing runs.
   *
   * @return false if that took longer
   */
  boolean awaitNone(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      isDraining = true;
      var rest = longest.toNanos();
      while (!running.isEmpty() && rest > 0) {
        rest = changed.awaitNanos(rest);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Gives up everything that still runs. */
  void giveUp() {
    running.forEach(request -> request.giveUp(Running.Reason.STOPPED));
  }

  /** Gives up everything that still runs, and ends the thread. */
  @Override
  public void close() {
    giveUp();
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

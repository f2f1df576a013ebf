package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.channel.ChannelClosedException;
import dev.touchstone.concurrency.channel.Receiver;
import dev.touchstone.concurrency.channel.Sender;
import dev.touchstone.concurrency.pipeline.Stopwatch.Wait;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One of the threads of a run. */
final class Worker implements Runnable {

  private final Engine<?> engine;
  private final Segment segment;
  private final int index;
  private final Stopwatch stopwatch;

  /** Decides whether this worker starts or is never to start. */
  private final AtomicBoolean claimed = new AtomicBoolean();

  private final ReentrantLock lock = new ReentrantLock();

  /** The thread while it may be interrupted; guarded by the lock. */
  private @Nullable Thread thread;

  /** Whether the thread was interrupted by the run; guarded by the lock. */
  private boolean wasInterrupted;

  Worker(Engine<?> engine, Segment segment, int index) {
    this.engine = engine;
    this.segment = segment;
    this.index = index;
    stopwatch = new Stopwatch(engine.time());
  }

  @Override
  public void run() {
    var current = Thread.currentThread();
    if (engine.isLaunchedBy(current)) {
      throw new RejectedExecutionException("the executor runs commands on the thread that submits"
          + " them: a pipeline needs one that runs each on another thread");
    }
    if (!claimed.compareAndSet(false, true)) {
      return;
    }
    enter(current);
    try {
      work();
    } finally {
      leave();
      engine.workerEnded();
    }
  }

  private void work() {
    try {
      segment.work(this);
      segment.workerDone();
    } catch (Signal.Ended ended) {
      return; // the reason is known
    } catch (InterruptedException interrupted) {
      engine.interrupted(segment.name(), interrupted);
    } catch (Signal.Failed failed) {
      fail(failed.stage, failed.failure);
    } catch (Throwable failure) {
      fail(segment.name(), failure);
    }
  }

  private void fail(String stage, Throwable failure) {
    engine.fail(stage, failure);
    if (failure instanceof VirtualMachineError error) {
      throw error; // the thread is not to go on
    }
  }

  private void enter(Thread current) {
    stopwatch.start();
    lock.lock();
    try {
      thread = current;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    stopwatch.stop();
    lock.lock();
    try {
      thread = null;
      if (wasInterrupted) {
        Thread.interrupted(); // it was meant for this run, not for what the thread does next
      }
    } finally {
      lock.unlock();
    }
  }

  // Control by other threads

  /** Interrupts the thread, if it runs. */
  void interrupt() {
    lock.lock();
    try {
      if (thread != null) {
        wasInterrupted = true;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Prevents the worker from starting; returns false if it has started. */
  boolean abandon() {
    if (!claimed.compareAndSet(false, true)) {
      return false;
    }
    engine.workerEnded();
    return true;
  }

  boolean isRunBy(Thread candidate) {
    lock.lock();
    try {
      return candidate.equals(thread);
    } finally {
      lock.unlock();
    }
  }

  boolean isRunning() {
    lock.lock();
    try {
      return thread != null;
    } finally {
      lock.unlock();
    }
  }

  Stopwatch.Reading times() {
    return stopwatch.read();
  }

  // Used by its own thread

  int index() {
    return index;
  }

  /** Notices an interruption also if the thread never has to wait; called once per element. */
  void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted between two elements");
    }
  }

  /** Receives as the channel does. */
  <T> T receive(Receiver<T> channel) throws InterruptedException {
    var element = channel.tryReceive();
    if (element != null) {
      return element;
    }
    stopwatch.waitFor(Wait.INPUT);
    try {
      return channel.receive();
    } finally {
      stopwatch.goOn();
    }
  }

  /** Receives as the channel does. */
  <T> List<T> receiveBatch(Receiver<T> channel, int max, Duration linger)
      throws InterruptedException {
    stopwatch.waitFor(Wait.INPUT);
    try {
      return channel.receiveBatch(max, linger);
    } finally {
      stopwatch.goOn();
    }
  }

  /**
   * Sends the element to a channel of the run.
   *
   * @throws Signal.Ended if the channel is closed, so that the run is ending
   */
  <T> void send(Sender<T> channel, T element) throws InterruptedException {
    try {
      if (channel.trySend(element)) {
        return;
      }
      stopwatch.waitFor(Wait.OUTPUT);
      try {
        channel.send(element);
      } finally {
        stopwatch.goOn();
      }
    } catch (ChannelClosedException closed) {
      throw new Signal.Ended(closed);
    }
  }

  @Override
  public String toString() {
    return "pipeline stage '" + segment.name() + "'";
  }
}

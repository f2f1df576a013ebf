package dev.touchstone.concurrency.keyed;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.RejectionReason;
import dev.touchstone.concurrency.executor.Task;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a {@link ManagedExecutor} that go from key to key and run what is there.
 *
 * <p>A worker takes the first key in line, runs some of its tasks, and puts it at the end if it has
 * more: so a hot key delays others by a few tasks, and no worker ever submits to its own executor. It
 * ends when no key is left; a submitter starts one when there are fewer than allowed. Those after it
 * count on that worker, so one that may be refused for want of a place counts from its first step
 * only.
 */
final class KeyWorkers<K> {

  private final ManagedExecutor executor;
  private final KeyLines<K> lines;
  private final int parallelism;
  private final int yieldAfter;
  private final ReentrantLock guard; // that of the lines

  /** Guarded. */
  private int workers;

  KeyWorkers(ManagedExecutor executor, KeyLines<K> lines, int parallelism, int yieldAfter) {
    this.executor = executor;
    this.lines = lines;
    this.parallelism = parallelism;
    this.yieldAfter = yieldAfter;
    guard = lines.guard;
  }

  /** One run of a task of the executor. */
  final class Worker implements Runnable {

    /** Whether it is one of the workers. */
    private boolean isCounted;

    /** Whether it is so no longer, because it found nothing to do or was cancelled. */
    private boolean hasLeft;

    /** The key that it is at. */
    private @Nullable KeyLine<K> line;

    /** Thrown by a task; ends this thread, but not before others have what they count on. */
    private @Nullable VirtualMachineError fatal;

    @Override
    public void run() {
      for (var line = nextLine(this); line != null; line = nextLine(this)) {
        try {
          work(line);
        } finally {
          putBack(this, line);
        }
      }
      if (fatal != null) {
        throw fatal;
      }
    }

    private void work(KeyLine<K> line) {
      for (int i = 0; i < yieldAfter; i++) {
        var task = nextTask(this, line);
        if (task == null) {
          return;
        }
        try {
          task.run();
        } catch (VirtualMachineError error) {
          fatal = error;
        } finally {
          ended(line);
        }
      }
    }

    @Override
    public String toString() {
      return "worker of a keyed executor";
    }
  }

  // Hiring: with the guard held

  /** Returns whether there are none, so that nobody would come to a task. */
  boolean areNone() {
    return workers == 0;
  }

  /** Returns whether one more is needed and allowed. */
  boolean isMissing() {
    return lines.hasReady() && workers < parallelism;
  }

  /** Counts a worker that is needed and allowed, and returns it to be started; null if none is. */
  @Nullable
  Worker hire() {
    if (!isMissing()) {
      return null;
    }
    var worker = new Worker();
    join(worker);
    return worker;
  }

  private void join(Worker worker) {
    worker.isCounted = true;
    workers++;
  }

  private void leave(Worker worker) {
    worker.hasLeft = true;
    if (worker.isCounted) {
      worker.isCounted = false;
      workers--;
    }
  }

  // Starting: without the guard

  /**
   * Starts a worker that was hired, and waits for a place in the executor if that does.
   *
   * @throws TaskRejectedException if the executor does not accept it; what waited for it has ended
   */
  void start(Worker worker) {
    try {
      watch(worker, submitUninterruptibly(worker));
    } catch (Throwable failure) { // a rejection, or what code of the user throws at a submission
      lost(worker, failure);
      throw failure;
    }
  }

  /** Starts a worker that nobody counts on yet, if the executor has a place for it. */
  boolean tryStart() {
    var worker = new Worker();
    try {
      var task = executor.trySubmit(worker);
      task.ifPresent(started -> watch(worker, started));
      return task.isPresent();
    } catch (Throwable failure) {
      lost(worker, failure);
      throw failure;
    }
  }

  private void watch(Worker worker, Task<?> task) {
    task.whenDone((result, failure) -> {
      if (failure != null) {
        lost(worker, failure);
      }
    });
  }

  /** An interrupted submitter goes on, because the tasks of others may wait for this worker. */
  private Task<?> submitUninterruptibly(Worker worker) {
    var wasInterrupted = false;
    try {
      while (true) {
        try {
          return executor.submit(worker);
        } catch (TaskRejectedException rejected) {
          if (rejected.reason() != RejectionReason.INTERRUPTED) {
            throw rejected;
          }
          wasInterrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // Working

  private @Nullable KeyLine<K> nextLine(Worker worker) {
    guard.lock();
    try {
      if (!worker.isCounted && !worker.hasLeft && workers < parallelism) {
        join(worker);
      }
      var line = worker.isCounted ? lines.takeReady() : null;
      worker.line = line;
      if (line == null) {
        leave(worker);
      }
      return line;
    } finally {
      guard.unlock();
    }
  }

  private @Nullable KeyedTask<K, ?> nextTask(Worker worker, KeyLine<K> line) {
    guard.lock();
    try {
      return worker.hasLeft ? null : lines.startNext(line);
    } finally {
      guard.unlock();
    }
  }

  private void ended(KeyLine<K> line) {
    guard.lock();
    try {
      lines.end(line);
    } finally {
      guard.unlock();
    }
    Thread.interrupted(); // the next task starts with a clear flag
  }

  private void putBack(Worker worker, KeyLine<K> line) {
    guard.lock();
    try {
      worker.line = null;
      lines.putBack(line);
    } finally {
      guard.unlock();
    }
    failStranded(() -> new CancellationException("the workers of the keyed executor have ended"));
  }

  // Losing

  /** A worker was not accepted, was cancelled, or died. */
  private void lost(Worker worker, Throwable why) {
    guard.lock();
    try {
      leave(worker);
      if (worker.line != null && worker.line.runner != null) {
        // It may have begun a task after the interruption of the last.
        worker.line.runner.interrupt();
      }
    } finally {
      guard.unlock();
    }
    failStranded(() -> why instanceof RuntimeException known ? known : cancellation(why));
  }

  private static RuntimeException cancellation(Throwable cause) {
    var cancelled = new CancellationException("the worker of the keyed executor ended");
    cancelled.initCause(cause);
    return cancelled;
  }

  /** Ends what is in line if there is no worker to run it. */
  private void failStranded(Supplier<RuntimeException> reason) {
    RuntimeException why;
    List<KeyedTask<K, ?>> stranded;
    guard.lock();
    try {
      if (workers > 0 || !lines.hasReady()) {
        return;
      }
      why = reason.get();
      stranded = lines.abandon(why);
    } finally {
      guard.unlock();
    }
    for (var task : stranded) {
      if (why instanceof CancellationException) {
        task.cancel(true);
      } else {
        task.completeExceptionally(why);
      }
    }
  }
}

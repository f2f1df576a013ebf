package dev.touchstone.concurrency.executor;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of a {@link Dispatcher}, or a caller that runs a task in its place. */
final class Worker implements Runnable {

  private static final int YIELDS_BEFORE_PARK = 2;

  private final Dispatcher dispatcher;

  /** Set before the thread starts. */
  volatile @Nullable Thread thread;

  /** The task that this worker runs or is about to run; guarded by the lock of the dispatcher. */
  @Nullable
  PooledTask<?> current;

  /** When it took that task; guarded by the lock of the dispatcher. */
  long since;

  /** What an idle worker waits for: a task, or to be told that there will be none. */
  private volatile @Nullable PooledTask<?> handedOver;

  private volatile boolean retired;

  Worker(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  void handOver(PooledTask<?> task) {
    handedOver = task;
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  void retire() {
    retired = true;
    wake();
  }

  @Override
  public void run() {
    var finished = false;
    try {
      for (var task = awaitTask(); task != null; task = nextTask()) {
        task.run();
        Thread.interrupted(); // the next task starts with a clear flag
      }
      finished = true;
    } finally {
      if (!finished) {
        dispatcher.died(this);
      }
    }
  }

  private @Nullable PooledTask<?> nextTask() {
    return switch (dispatcher.next(this)) {
      case RUN -> current;
      case WAIT -> awaitTask();
      case END -> null;
    };
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: the park below does not depend on it
  private @Nullable PooledTask<?> awaitTask() {
    for (int yields = 0; yields < YIELDS_BEFORE_PARK && !isCalled(); yields++) {
      Thread.yield(); // cheaper than a park when the next task is about to come
    }
    while (!isCalled()) {
      dispatcher.time().park(dispatcher);
      Thread.interrupted(); // a set flag would turn this loop into a spin
    }
    var task = handedOver;
    handedOver = null;
    if (task == null) {
      dispatcher.left(this);
    }
    return task;
  }

  private boolean isCalled() {
    return handedOver != null || retired;
  }
}

package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/** Starts the workers of a run on an executor: all of them, or none. */
final class Launch {

  /*
   * Workers wait for each other, so two runs that each have a part of their places in one executor
   * would wait for ever. Under this lock, a run sees enough free places and takes them before
   * another run looks. Tasks of other kinds may come between: then a worker is queued behind them,
   * and the run waits for their end. If it cannot even be queued, the run is refused: nothing waits
   * for a place under a lock that all runs need.
   */
  private static final ReentrantLock oneAtATime = new ReentrantLock();

  private Launch() {}

  static void on(Executor executor, Engine<?> engine) {
    engine.launching(Thread.currentThread());
    try {
      if (executor instanceof ManagedExecutor managed) {
        launch(managed, engine);
      } else {
        engine.workers().forEach(executor::execute);
      }
    } catch (Throwable rejected) {
      engine.cancel("the executor did not accept every stage", rejected);
      throw rejected;
    } finally {
      engine.launching(null);
    }
  }

  private static void launch(ManagedExecutor executor, Engine<?> engine) {
    oneAtATime.lock();
    try {
      checkPlaces(executor, engine.plan());
      for (var worker : engine.workers()) {
        executor
            .trySubmit(worker)
            .orElseThrow(() -> takenMeanwhile(executor, engine.plan()))
            .whenDone((done, failure) -> {
              if (failure != null) {
                abandon(worker, engine, failure);
              }
            });
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Without effect if the worker has started: then its own end tells how it ended. */
  private static void abandon(Worker worker, Engine<?> engine, Throwable cause) {
    if (worker.abandon()) {
      engine.cancel(worker + " could not start", cause);
    }
  }

  private static RejectedExecutionException takenMeanwhile(ManagedExecutor executor, Plan plan) {
    return new RejectedExecutionException(
        "another task has taken a place of executor '%s' that the pipeline needs: give the pipeline an executor of its own with concurrency(%d) or more"
            .formatted(executor.name(), plan.threads()));
  }

  private static void checkPlaces(ManagedExecutor executor, Plan plan) {
    var now = executor.snapshot();
    var free = now.concurrency() - now.active() - now.queued();
    if (free < plan.threads()) {
      throw new RejectedExecutionException(
          "the pipeline needs %d threads at the same time (%s), but executor '%s' has %d of %d free: give the pipeline an executor of its own with concurrency(%d) or more"
              .formatted(
                  plan.threads(),
                  plan,
                  now.name(),
                  Math.max(0, free),
                  now.concurrency(),
                  plan.threads()));
    }
  }
}

package dev.touchstone.stress.patterns;

import dev.touchstone.concurrency.testing.Simulation;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** An executor whose threads belong to a simulation, and which can be told to be unreliable. */
final class SimulatedPool implements Executor, AutoCloseable {

  private final Simulation simulation;
  private final int rejections;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean closed;

  private SimulatedPool(Simulation simulation, int threads, int rejections) {
    this.simulation = simulation;
    this.rejections = rejections;
    for (int i = 0; i < threads; i++) {
      simulation.fork("pool " + i, this::work);
    }
  }

  static SimulatedPool of(Simulation simulation, int threads) {
    return new SimulatedPool(simulation, threads, 0);
  }

  /** Returns a pool that rejects one of so many tasks. */
  static SimulatedPool rejectingOneOf(int rejections, Simulation simulation, int threads) {
    return new SimulatedPool(simulation, threads, rejections);
  }

  @Override
  public void execute(Runnable task) {
    simulation.point();
    if (rejections > 0 && simulation.random().nextInt(rejections) == 0) {
      throw new RejectedExecutionException("injected");
    }
    lock.lock();
    try {
      tasks.addLast(task);
      changed.signal();
    } finally {
      lock.unlock();
    }
    simulation.point();
  }

  private void work() throws InterruptedException {
    for (var task = next(); task != null; task = next()) {
      simulation.point();
      task.run();
    }
  }

  private Runnable next() throws InterruptedException {
    lock.lock();
    try {
      while (tasks.isEmpty() && !closed) {
        changed.await();
      }
      return tasks.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the threads end once there are no more tasks. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.sync.Guarded;
import dev.touchstone.concurrency.testing.DeadlockError;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.SimulationError;
import java.io.PrintWriter;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two ways to go wrong with locks, both found by a test: to forget one, and to take two in different
 * orders.
 *
 * <p>With {@code Guarded} the state cannot be reached without its lock, so the first cannot happen. The
 * second is a matter of one order for all: see the lesson {@code locks-by-key}.
 *
 * <p>It needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}, which the launcher passes.
 */
final class LocksAndTheirTraps {

  private static final int SEEDS = 1_000;

  private LocksAndTheirTraps() {}

  static void run(PrintWriter out) {
    out.println("a forgotten lock:   " + fateOf(LocksAndTheirTraps::forgottenLock));
    out.println("two orders:         " + fateOf(LocksAndTheirTraps::twoOrders));
    out.println("guarded state:      " + fateOf(LocksAndTheirTraps::guardedState));
  }

  private static String fateOf(Simulation.Scenario scenario) {
    try {
      Simulation.explore(SEEDS, scenario);
      return "no failure under " + SEEDS + " schedules";
    } catch (DeadlockError e) {
      return "a deadlock: " + String.valueOf(e.getMessage()).lines().findFirst().orElseThrow();
    } catch (SimulationError e) {
      return String.valueOf(e.getCause());
    }
  }

  /** The writer takes the lock, the reader does not. */
  private static void forgottenLock(Simulation simulation) throws InterruptedException {
    var lock = new ReentrantLock();
    var account = new int[] {100, 0};
    var transfer = simulation.fork("transfer", () -> {
      lock.lock();
      try {
        account[0] -= 30;
        simulation.point(); // where another thread may go on
        account[1] += 30;
      } finally {
        lock.unlock();
      }
    });
    simulation.point();
    check(account[0] + account[1]);
    transfer.join();
  }

  /** One takes the locks in the order a, b; the other in the order b, a. */
  private static void twoOrders(Simulation simulation) {
    var a = new ReentrantLock();
    var b = new ReentrantLock();
    simulation.fork("one", () -> takeBoth(simulation, a, b));
    simulation.fork("other", () -> takeBoth(simulation, b, a));
  }

  private static void takeBoth(Simulation simulation, Lock first, Lock second)
      throws InterruptedException {
    first.lockInterruptibly();
    try {
      simulation.point();
      second.lockInterruptibly();
      second.unlock();
    } finally {
      first.unlock();
    }
  }

  private static void guardedState(Simulation simulation) throws InterruptedException {
    var account = Guarded.of("account", new int[] {100, 0}, simulation.clock());
    var transfer = simulation.fork(
        "transfer",
        () -> account.change(it -> {
          it[0] -= 30;
          simulation.point();
          it[1] += 30;
        }));
    simulation.point();
    check(account.<Integer>read(it -> it[0] + it[1]));
    transfer.join();
  }

  private static void check(int sum) {
    if (sum != 100) {
      throw new AssertionError("the accounts hold " + sum + " instead of 100");
    }
  }
}

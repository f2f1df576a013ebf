package dev.touchstone.documentation.profiling;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.keyed.KeyedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The program of docs/profiling.md: a kitchen with eight cooks, whose stoves are each for one dish at
 * a time. The first argument says what is locked while something cooks.
 */
final class Kitchen {

  private static final int STOVES = 16;
  private static final Duration COOKING = Duration.ofMillis(5);

  private Kitchen() {}

  // @start region="one-lock"
  private static final ReentrantLock kitchen = new ReentrantLock();

  private static void withOneLock(int order) {
    kitchen.lock();
    try {
      cook(order % STOVES);
    } finally {
      kitchen.unlock();
    }
  }

  // @end

  // @start region="lock-by-stove"
  private static final KeyedLock<Integer> stoves =
      KeyedLock.<Integer>builder().name("stoves").build();

  @SuppressWarnings("try") // the lock is held for its effect
  private static void withALockForEachStove(int order) throws InterruptedException {
    try (var stove = stoves.lock(order % STOVES)) {
      cook(order % STOVES);
    }
  }

  // @end

  private static void cook(int stove) {
    var end = System.nanoTime() + COOKING.toNanos();
    for (var rest = COOKING.toNanos(); rest > 0; rest = end - System.nanoTime()) {
      LockSupport.parkNanos(stoves, rest);
    }
  }

  /**
   * Cooks 1,000 orders and prints how long it took.
   *
   * @param arguments {@code one} lock or one for each {@code stove}
   */
  public static void main(String[] arguments) throws Exception {
    var oneLock = arguments[0].equals("one");
    var start = System.nanoTime();
    var orders = new ArrayList<Integer>();
    try (var cooks =
        ManagedExecutor.platform("cooks").concurrency(8).queue(1_000).build()) {
      var served = new ArrayList<java.util.concurrent.Future<Integer>>();
      for (var i = 0; i < 1_000; i++) {
        var order = i;
        served.add(cooks.submit(() -> {
          if (oneLock) {
            withOneLock(order);
          } else {
            withALockForEachStove(order);
          }
          return order;
        }));
      }
      for (var order : served) {
        orders.add(order.get());
      }
    }
    var millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    System.out.println(List.copyOf(orders).size() + " orders in " + millis + " ms");
  }
}

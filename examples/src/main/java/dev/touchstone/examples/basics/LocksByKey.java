package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.keyed.KeyedLock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock for each account, and one order for all who need two of them.
 *
 * <p>Transfers between different accounts do not wait for each other, and those in opposite directions
 * do not deadlock: {@code lockAll} takes the keys in their order, whatever the order of the arguments.
 * A key that nobody holds takes no memory.
 */
@SuppressWarnings("try") // a lock is held for its effect
final class LocksByKey {

  private static final int TRANSFERS = 1_000;

  private final KeyedLock<String> locks = KeyedLock.create();
  private final Map<String, Integer> balances = new ConcurrentHashMap<>();

  private LocksByKey() {
    balances.putAll(Map.of("ada", 500, "grace", 500));
  }

  static void run(PrintWriter out) throws InterruptedException {
    var bank = new LocksByKey();
    var there = Thread.startVirtualThread(() -> bank.transferOften("ada", "grace"));
    var back = Thread.startVirtualThread(() -> bank.transferOften("grace", "ada"));
    there.join();
    back.join();

    out.println("after " + 2 * TRANSFERS + " transfers: " + bank.balances.get("ada") + " and "
        + bank.balances.get("grace"));
    out.println("keys in memory: " + bank.locks.size());
    try (var hold = bank.locks.lock("ada")) {
      out.println("held: " + bank.locks.holders().keySet());
      var inTime = bank.locks.tryLockAll(List.of("ada", "grace"), Duration.ofMillis(10));
      out.println("the holder may take it again: " + inTime.isPresent());
      inTime.ifPresent(KeyedLock.Hold::close);
    }
  }

  private void transferOften(String from, String to) {
    try {
      for (int i = 0; i < TRANSFERS; i++) {
        try (var both = locks.lockAll(List.of(from, to))) {
          balances.merge(from, -1, Integer::sum);
          balances.merge(to, 1, Integer::sum);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

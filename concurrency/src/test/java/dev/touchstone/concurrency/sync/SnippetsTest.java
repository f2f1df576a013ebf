package dev.touchstone.concurrency.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.keyed.KeyedLock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The examples of the documentation. */
class SnippetsTest {

  private static final class Stock {

    private int pieces;

    int pieces() {
      return pieces;
    }

    int add(int more) {
      return pieces += more;
    }
  }

  @Test
  void guarded() throws InterruptedException {
    // @start region="guarded"
    var stock = Guarded.of("stock", new Stock());

    var delivery = Thread.startVirtualThread(() -> stock.write(it -> it.add(10)));
    int left = stock.await(it -> it.pieces() >= 4, it -> it.add(-4)); // waits for the delivery
    // @end
    delivery.join();
    assertThat(left).isEqualTo(6);
    assertThat(stock.<Integer>read(Stock::pieces)).isEqualTo(6);
  }

  @Test
  void stallDetector() throws InterruptedException {
    var accounts = KeyedLock.<String>builder().name("accounts").build();
    var go = new CountDownLatch(2);
    var threads =
        List.of(takeInTurn(accounts, "ada", "grace", go), takeInTurn(accounts, "grace", "ada", go));
    Awaitility.await().until(() -> accounts.lockWaits().size() == 2);
    try (var executor = ManagedExecutor.virtual("work").build()) {
      // @start region="stall-detector"
      var detector = StallDetector.builder()
          .limit(Duration.ofSeconds(5))
          .watch(executor)
          .watch(accounts)
          .build();

      StallReport report = detector.check();
      String text = report.describe(); // "deadlock: ... waits for accounts of 'ada' ..."
      // @end
      assertThat(report.isClean()).isFalse();
      assertThat(text).contains("deadlock:", "accounts of 'ada'", "accounts of 'grace'");
    } finally {
      threads.forEach(Thread::interrupt);
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  private static Thread takeInTurn(
      KeyedLock<String> locks, String first, String second, CountDownLatch go) {
    return Thread.startVirtualThread(() -> {
      try {
        var one = locks.lock(first);
        try {
          go.countDown();
          go.await();
          locks.lock(second).close(); // by the second of the two once the first was interrupted
        } finally {
          one.close();
        }
      } catch (InterruptedException expected) {
        Thread.currentThread().interrupt();
      }
    });
  }

  @Test
  void wakeSignal() throws InterruptedException {
    var jobs = new ArrayDeque<>(List.of("a", "b"));
    // @start region="wake-signal"
    var wake = WakeSignal.builder().poll(Duration.ofSeconds(2)).build();

    wake.signal(); // from whoever adds a job
    wake.dueIn(Duration.ofMinutes(5)); // for a job that is to run later

    while (!jobs.isEmpty()) {
      wake.await(); // for one of these, or for 2 s at most
      jobs.clear();
    }
    // @end
    assertThat(jobs).isEmpty();
  }

  @Test
  void groupCommitter() throws Exception {
    // @start region="group-committer"
    try (var committer = GroupCommitter.builder((List<String> rows) -> insert(rows))
        .maxBatch(500)
        .name("journal")
        .open()) {
      var number = committer.submit("row"); // from any thread
      assertThat(number.get()).isEqualTo(1);
    } // writes what was accepted
    // @end
  }

  private static List<Integer> insert(List<String> rows) {
    return rows.stream().map(row -> 1).toList();
  }
}

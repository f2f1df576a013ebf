package dev.touchstone.concurrency.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The examples of the documentation. */
@SuppressWarnings("try") // a lock is held for its effect
class SnippetsTest {

  private record Event(String customer, int number) {}

  private final Map<String, Integer> balances = new HashMap<>(Map.of("ada", 10, "grace", 0));
  private final KeyedLock<String> accounts = KeyedLock.create();

  // @start region="lock-all"
  void transfer(String from, String to, int amount) throws InterruptedException {
    try (var both = accounts.lockAll(List.of(from, to))) {
      balances.merge(from, -amount, Integer::sum);
      balances.merge(to, amount, Integer::sum);
    }
  }
  // @end

  @Test
  void lockAll() throws InterruptedException {
    transfer("ada", "grace", 3);

    assertThat(balances).containsOnly(Map.entry("ada", 7), Map.entry("grace", 3));
    assertThat(accounts.size()).isZero();
  }

  @Test
  void keyedExecutor() throws Exception {
    Queue<Event> handled = new ConcurrentLinkedQueue<>();
    var events = List.of(new Event("ada", 1), new Event("grace", 1), new Event("ada", 2));
    // @start region="keyed-executor"
    try (var executor = ManagedExecutor.virtual("customers").concurrency(16).build()) {
      var customers = KeyedExecutor.<String>on(executor);
      for (var event : events) {
        customers.submit(event.customer(), () -> handled.add(event)); // of one customer, in order
      }
    } // waits for all of them
    // @end
    assertThat(handled).hasSize(3);
    assertThat(handled.stream().filter(event -> event.customer().equals("ada")))
        .extracting(Event::number)
        .containsExactly(1, 2);
  }

  @Test
  void singleFlight() throws Exception {
    var loads = new AtomicInteger();
    try (var executor = ManagedExecutor.virtual("pages").build()) {
      // @start region="single-flight"
      var pages = SingleFlight.<String, String>on(executor);

      var page = pages.get("start", () -> load("start", loads)); // joins a load that is under way
      // @end
      assertThat(page).isEqualTo("page start");
      assertThat(loads).hasValue(1);
    }
  }

  private static String load(String address, AtomicInteger loads) {
    loads.incrementAndGet();
    return "page " + address;
  }
}

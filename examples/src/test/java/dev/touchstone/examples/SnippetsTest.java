package dev.touchstone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** The example that the README of the whole shows. */
class SnippetsTest {

  private final LongAdder total = new LongAdder();

  private void process(String order) {
    total.add(order.length());
  }

  @Test
  void workers() throws InterruptedException, ExecutionException {
    var incoming = List.of("a", "bb", "ccc");

    // @start region="workers"
    var orders = Channel.<String>buffered(100); // full: senders wait
    try (var workers = ManagedExecutor.virtual("orders").concurrency(8).build()) {
      for (int i = 0; i < 8; i++) {
        workers.execute(() -> orders.forEach(this::process)); // ends when closed and empty
      }
      for (var order : incoming) {
        orders.send(order);
      }
      orders.close(); // all that was sent is processed
    } // waits for the workers
    // @end

    assertThat(total.sum()).isEqualTo(6);
  }
}

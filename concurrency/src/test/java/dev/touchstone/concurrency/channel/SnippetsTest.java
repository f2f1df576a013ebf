package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  @Test
  void channel() throws Exception {
    var lines = new ArrayList<String>();

    // @start region="channel"
    Channel<String> channel = Channel.buffered(16);
    var producer = Thread.startVirtualThread(() -> {
      try (channel) { // closes the channel, with or without a failure
        for (var i = 1; i <= 3; i++) {
          channel.send("line " + i);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    for (var line : channel) { // ends when the channel is closed and empty
      lines.add(line);
    }
    // @end

    producer.join();
    assertThat(lines).containsExactly("line 1", "line 2", "line 3");
  }

  @Test
  void select() throws Exception {
    Channel<String> orders = Channel.buffered(4);
    Channel<String> alarms = Channel.buffered(4);
    orders.send("tea");
    alarms.send("fire");

    // @start region="select"
    String next = Select.<String>on(alarms.receiving(alarm -> "run: " + alarm))
        .or(orders.receiving(order -> "serve: " + order))
        .timeout(Duration.ofSeconds(5), () -> "quiet")
        .await();
    // @end

    assertThat(next).isEqualTo("run: fire");
  }

  private final AtomicInteger closed = new AtomicInteger();

  private final class Connection {
    void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void undelivered() throws Exception {
    // @start region="undelivered"
    Channel<Connection> idle = Channel.<Connection>builder()
        .capacity(8)
        .onUndelivered(Connection::close)
        .build();
    idle.send(new Connection());

    idle.cancel(new IOException("the pool was shut down"));
    // @end

    assertThat(closed).hasValue(1);
  }
}

package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long runs, for the profile {@code stress}. */
@Tag("stress")
@Timeout(1_200)
class ChannelStressTest {

  private static final long TRANSFERS = Long.getLong("touchstone.transfers", 100_000_000L);
  private static final int THREADS = 100_000;

  private Crew crew;

  @AfterEach
  void leavesNoThread() throws InterruptedException {
    crew.disband();
  }

  @ParameterizedTest(name = "{0} threads, {1} senders, {2} receivers, capacity {3}")
  @CsvSource({
    "PLATFORM, 1, 1, 1024",
    "PLATFORM, 4, 4, 16",
    "PLATFORM, 4, 4, 1000",
    "VIRTUAL, 1, 1, 16",
    "VIRTUAL, 4, 4, 3",
    "VIRTUAL, 8, 1, 128",
    "VIRTUAL, 1000, 1000, 100"
  })
  void conservesElements(Crew.Kind kind, int senders, int receivers, int capacity)
      throws Exception {
    crew = new Crew(kind);
    var channel = Channel.<Integer>buffered(capacity);
    var each = (int) Math.min(TRANSFERS / senders, Integer.MAX_VALUE);
    var sent = new LongAdder();
    var received = new LongAdder();
    var count = new LongAdder();
    var left = new CountDownLatch(senders);
    for (var s = 0; s < senders; s++) {
      crew.run(() -> {
        var sum = 0L;
        for (var i = 0; i < each; i++) {
          channel.send(i);
          sum += i;
        }
        sent.add(sum);
        left.countDown();
      });
    }
    for (var r = 0; r < receivers; r++) {
      crew.run(() -> {
        var sum = 0L;
        var n = 0L;
        for (var element : channel) {
          sum += element;
          n++;
        }
        received.add(sum);
        count.add(n);
      });
    }

    left.await();
    channel.close();

    crew.join();
    assertThat(count.sum()).isEqualTo((long) senders * each);
    assertThat(received.sum()).isEqualTo(sent.sum());
  }

  @Test
  void servesAHundredThousandWaitingThreads() throws Exception {
    serve(capacity -> Channel.buffered(capacity));
  }

  @Test
  void servesAHundredThousandWaitingThreadsByRendezvous() throws Exception {
    serve(capacity -> Channel.rendezvous());
  }

  private void serve(IntFunction<Channel<Integer>> factory) throws Exception {
    crew = new Crew(Crew.Kind.VIRTUAL);
    var channel = factory.apply(16);
    var sum = new LongAdder();
    for (var i = 0; i < THREADS; i++) {
      crew.run(() -> sum.add(channel.receive(Duration.ofMinutes(10))));
    }
    for (var i = 0; i < THREADS; i++) {
      channel.send(i);
    }

    crew.join();
    assertThat(sum.sum()).isEqualTo((long) THREADS * (THREADS - 1) / 2);
    assertThat(channel.waitingReceivers()).isZero();
  }
}

package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bugs that other implementations shipped, and the sentence of the contract that each one taught. */
@ParameterizedClass(name = "{0}")
@EnumSource
class PeerBugTest {

  private static final int ROUNDS = 1_000;

  @Parameter
  private Crew.Kind kind;

  private Crew crew;

  @BeforeEach
  void setUp() {
    crew = new Crew(kind);
  }

  @AfterEach
  void leavesNoThread() throws InterruptedException {
    crew.disband();
  }

  /**
   * Jox documents that trySend may fail although there is space, and tryReceive although there is an
   * element. Here as many threads as there are places put one element in and take one out.
   */
  @ParameterizedTest(name = "capacity {0}")
  @ValueSource(ints = {2, 3, 4})
  void trySendDoesNotFailWhileThereIsSpace(int capacity) throws Exception {
    var channel = Channel.<Integer>buffered(capacity);
    for (var t = 0; t < capacity; t++) {
      crew.run(() -> {
        for (var i = 0; i < 20_000; i++) {
          assertThat(channel.trySend(i)).isTrue();
          assertThat(channel.tryReceive()).isNotNull();
        }
      });
    }

    crew.join();
  }

  /**
   * In Kotlin an element could be lost when its receiver was cancelled after the hand-over. Here it is
   * received, or the channel still has it.
   */
  @ParameterizedTest(name = "capacity {0}")
  @ValueSource(ints = {0, 1, 2})
  void anInterruptedReceiveLosesNoElement(int capacity) throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var channel = channel(capacity);
      var barrier = new CyclicBarrier(2);
      var receiver = crew.start(() -> {
        try {
          return channel.receive();
        } catch (InterruptedException e) {
          return null;
        }
      });
      var sender = crew.start(() -> {
        barrier.await();
        return channel.send(1, Duration.ofSeconds(30));
      });
      barrier.await();
      receiver.interrupt();

      if (receiver.result() == null) {
        assertThat(channel.receive()).isEqualTo(1);
      }
      assertThat(sender.result()).isTrue();
      assertThat(channel.tryReceive()).isNull();
    }
  }

  /**
   * A lost wake-up, as in many hand-written queues: the one waiter that was woken leaves because it
   * was interrupted or timed out, and the others sleep on beside an element.
   */
  @ParameterizedTest(name = "capacity {0}")
  @ValueSource(ints = {0, 1, 2})
  void aWokenReceiverThatLeavesWakesTheNext(int capacity) throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var channel = channel(capacity);
      var leaving = crew.start(() -> {
        try {
          return channel.receive(Duration.ofNanos(100_000));
        } catch (InterruptedException e) {
          return null;
        }
      });
      var staying = crew.start(() -> channel.receive());
      var sender = crew.run(() -> channel.send(1));
      if (round % 2 == 0) {
        leaving.interrupt();
      }

      if (leaving.result() != null) {
        channel.send(2);
      }

      assertThat(staying.result()).isBetween(1, 2);
      sender.result();
    }
  }

  /** The same for senders: the place that the leaving one was woken for must not stay unused. */
  @ParameterizedTest(name = "capacity {0}")
  @ValueSource(ints = {0, 1, 2})
  void aWokenSenderThatLeavesWakesTheNext(int capacity) throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var channel = channel(capacity);
      for (var i = 0; i < capacity; i++) {
        channel.send(0);
      }
      var leaving = crew.start(() -> {
        try {
          return channel.send(1, Duration.ofNanos(100_000));
        } catch (InterruptedException e) {
          return false;
        }
      });
      var staying = crew.run(() -> channel.send(2));
      var first = crew.start(() -> channel.receive());
      if (round % 2 == 0) {
        leaving.interrupt();
      }

      var left = capacity + 1 + (leaving.result() ? 1 : 0) - 1;
      first.result();
      for (var i = 0; i < left; i++) {
        channel.receive();
      }
      staying.result();
    }
  }

  /** Wake-ups for a batch: one receive makes many places, and all waiting senders must get theirs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void aBatchWakesAsManySendersAsItMakesPlaces(int capacity) throws Exception {
    var channel = Channel.<Integer>buffered(capacity);
    for (var round = 0; round < ROUNDS / 4; round++) {
      channel.sendAll(IntStream.range(0, capacity).boxed().toList());
      var senders = new ArrayList<Crew.Worker<Boolean>>();
      for (var i = 0; i < capacity; i++) {
        senders.add(crew.run(() -> channel.send(-1)));
      }
      var seen = new ConcurrentLinkedQueue<Integer>();
      while (seen.size() < capacity) {
        seen.addAll(channel.receiveBatch(capacity - seen.size()));
      }
      for (var sender : senders) {
        sender.result();
      }
      assertThat(channel.receiveBatch(capacity))
          .isEqualTo(List.copyOf(Collections.nCopies(capacity, -1)));
    }
  }

  /**
   * In Kotlin a cancelled channel without a bound forgot to give its elements to the handler (issue
   * 2435 of kotlinx.coroutines).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 200})
  void aCancelledUnboundedChannelGivesUpAllItsElements(int count) throws Exception {
    var undelivered = new ArrayList<Integer>();
    var channel =
        Channel.<Integer>builder().unbounded().onUndelivered(undelivered::add).build();
    var elements = IntStream.range(0, count).boxed().toList();

    crew.start(() -> channel.sendAll(elements)).result();
    channel.cancel(new IOException("cancelled"));

    assertThat(undelivered).isEqualTo(elements);
  }

  private static Channel<Integer> channel(int capacity) {
    return capacity == 0 ? Channel.rendezvous() : Channel.buffered(capacity);
  }
}

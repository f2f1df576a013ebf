package dev.touchstone.concurrency.channel;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every bounded queue between threads must do, {@code ArrayBlockingQueue} included: that one
 * passes too, which shows that these tests ask for nothing peculiar.
 */
abstract class TransferContract {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(2);

  final Crew crew;

  TransferContract(Crew.Kind kind) {
    crew = new Crew(kind);
  }

  abstract <T> Transfer<T> transfer(int capacity);

  @AfterEach
  void leavesNoThread() throws InterruptedException {
    crew.disband();
  }

  @Nested
  class Capacity {

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "7", "8", "9", "100"})
    void isExact(int capacity) {
      var queue = TransferContract.this.<Integer>transfer(capacity);

      for (var round = 0; round < 3 * capacity; round++) {
        var accepted = IntStream.range(0, 2 * capacity).filter(queue::trySend).count();

        assertThat(accepted).isEqualTo(capacity);
        assertThat(queue.size()).isEqualTo(capacity);
        for (var i = 0; i < capacity; i++) {
          assertThat(queue.tryReceive()).isEqualTo(i);
        }
        assertThat(queue.tryReceive()).isNull();
        shift(queue);
      }
    }

    /** Moves the next round on by one place. */
    private void shift(Transfer<Integer> queue) {
      assertThat(queue.trySend(0)).isTrue();
      assertThat(queue.tryReceive()).isZero();
    }
  }

  @Nested
  class Elements {

    @Test
    void leaveInTheOrderOfTheirArrival() throws Exception {
      var queue = TransferContract.this.<Integer>transfer(3);
      crew.run(() -> {
        for (var i = 0; i < 1_000; i++) {
          queue.send(i);
        }
      });

      for (var i = 0; i < 1_000; i++) {
        assertThat(queue.receive()).isEqualTo(i);
      }
    }

    @Test
    void areNeverNull() {
      var queue = TransferContract.this.<Integer>transfer(1);

      assertThatNullPointerException().isThrownBy(() -> queue.send(null));
      assertThatNullPointerException().isThrownBy(() -> queue.trySend(null));
      assertThatNullPointerException().isThrownBy(() -> queue.send(null, LONG));
      assertThat(queue.size()).isZero();
    }

    @ParameterizedTest(name = "{0} senders, {1} receivers, capacity {2}")
    @CsvSource({"1,1,1", "1,1,2", "4,4,1", "4,4,3", "8,1,2", "1,8,2", "16,16,16", "3,3,1000"})
    void areNeitherLostNorDoubledNorReordered(int senders, int receivers, int capacity)
        throws Exception {
      var each = 20_000 / senders;
      var queue = TransferContract.this.<int[]>transfer(capacity);
      var logs = new ConcurrentLinkedQueue<List<int[]>>();
      for (var s = 0; s < senders; s++) {
        var sender = s;
        crew.run(() -> {
          for (var i = 0; i < each; i++) {
            queue.send(new int[] {sender, i});
          }
        });
      }
      for (var r = 0; r < receivers; r++) {
        var share = shareOf(r, receivers, senders * each);
        crew.run(() -> {
          var log = new ArrayList<int[]>();
          for (var i = 0; i < share; i++) {
            log.add(queue.receive());
          }
          logs.add(log);
        });
      }

      crew.join();

      var all = logs.stream().flatMap(List::stream).toList();
      assertThat(all).hasSize(senders * each);
      assertThat(all.stream().map(e -> e[0] * each + e[1]).distinct()).hasSize(senders * each);
      assertThat(logs)
          .allSatisfy(log -> assertThat(bySender(log))
              .allSatisfy(numbers -> assertThat(numbers).isSorted()));
      assertThat(queue.size()).isZero();
    }

    private int shareOf(int receiver, int receivers, int total) {
      return total / receivers + (receiver < total % receivers ? 1 : 0);
    }

    private List<List<Integer>> bySender(List<int[]> log) {
      return List.copyOf(log.stream()
          .collect(groupingBy(e -> e[0], mapping(e -> e[1], toList())))
          .values());
    }
  }

  @Nested
  class Waiting {

    @Test
    void toSendEndsWhenThereIsSpace() throws Exception {
      var queue = full();
      var sender = crew.run(() -> queue.send("second")).awaitWaiting();

      assertThat(queue.receive()).isEqualTo("first");

      sender.result();
      assertThat(queue.receive()).isEqualTo("second");
    }

    @Test
    void toReceiveEndsWhenThereIsAnElement() throws Exception {
      var queue = TransferContract.this.<String>transfer(1);
      var receiver = crew.start(queue::receive).awaitWaiting();

      queue.send("first");

      assertThat(receiver.result()).isEqualTo("first");
    }

    @Test
    void withALimitEndsWhenThereIsSpaceOrAnElement() throws Exception {
      var queue = full();
      var sender = crew.start(() -> queue.send("second", LONG)).awaitWaiting();
      assertThat(queue.receive(LONG)).isEqualTo("first");
      assertThat(sender.result()).isTrue();
      assertThat(queue.receive(LONG)).isEqualTo("second");
      var receiver = crew.start(() -> queue.receive(LONG)).awaitWaiting();
      assertThat(queue.send("third", LONG)).isTrue();
      assertThat(receiver.result()).isEqualTo("third");
    }

    @Test
    void isServedFirstComeFirstServed() throws Exception {
      var queue = full();
      var second = crew.run(() -> queue.send("second")).awaitWaiting();
      var third = crew.run(() -> queue.send("third")).awaitWaiting();

      assertThat(queue.receive()).isEqualTo("first");
      second.result();
      third.awaitWaiting();
      assertThat(queue.receive()).isEqualTo("second");
      third.result();
      assertThat(queue.receive()).isEqualTo("third");
    }

    @Test
    void isNotNeededByTheOtherForms() {
      var queue = full();

      assertThat(queue.trySend("second")).isFalse();
      assertThat(queue.tryReceive()).isEqualTo("first");
      assertThat(queue.tryReceive()).isNull();
    }
  }

  @Nested
  class Timeout {

    @Test
    void ofASendHasNoEffect() throws Exception {
      var queue = full();

      assertThat(queue.send("second", SHORT)).isFalse();
      assertThat(queue.tryReceive()).isEqualTo("first");
      assertThat(queue.tryReceive()).isNull();
    }

    @Test
    void ofAReceiveHasNoEffect() throws Exception {
      var queue = TransferContract.this.<String>transfer(1);

      assertThat(queue.receive(SHORT)).isNull();
      assertThat(queue.trySend("first")).isTrue();
      assertThat(queue.tryReceive()).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S"})
    void ofZeroOrLessIsOneAttempt(Duration timeout) throws Exception {
      var queue = TransferContract.this.<String>transfer(1);

      assertThat(queue.receive(timeout)).isNull();
      assertThat(queue.send("first", timeout)).isTrue();
      assertThat(queue.send("second", timeout)).isFalse();
      assertThat(queue.receive(timeout)).isEqualTo("first");
    }
  }

  @Nested
  class Interruption {

    @Test
    void onEntryPreventsASend() throws Exception {
      var queue = TransferContract.this.<String>transfer(1);

      assertInterrupted(() -> queue.send("first"));
      assertInterrupted(() -> queue.send("first", LONG));
      assertThat(queue.size()).isZero();
    }

    @Test
    void onEntryPreventsAReceive() throws Exception {
      var queue = full();

      assertInterrupted(queue::receive);
      assertInterrupted(() -> queue.receive(LONG));
      assertThat(queue.size()).isEqualTo(1);
    }

    private void assertInterrupted(Crew.Action action) throws Exception {
      var worker = crew.run(() -> {
        Thread.currentThread().interrupt();
        action.run();
      });

      assertThat(worker.failure()).isInstanceOf(InterruptedException.class);
      assertThat(worker.interruptedAtEnd()).isFalse();
    }

    @Test
    void doesNotMatterToTheFormsThatNeverWait() throws Exception {
      var queue = TransferContract.this.<String>transfer(1);
      var worker = crew.run(() -> {
        Thread.currentThread().interrupt();
        assertThat(queue.trySend("first")).isTrue();
        assertThat(queue.trySend("second")).isFalse();
        assertThat(queue.tryReceive()).isEqualTo("first");
        assertThat(queue.tryReceive()).isNull();
      });

      assertThat(worker.result()).isTrue();
      assertThat(worker.interruptedAtEnd()).isTrue();
    }

    @Test
    void endsAWaitingSendWithoutEffect() throws Exception {
      var queue = full();
      var sender = crew.run(() -> queue.send("second")).awaitWaiting().interrupt();

      assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
      assertThat(sender.interruptedAtEnd()).isFalse();
      assertThat(queue.tryReceive()).isEqualTo("first");
      assertThat(queue.tryReceive()).isNull();
    }

    @Test
    void endsAWaitingReceiveWithoutEffect() throws Exception {
      var queue = TransferContract.this.<String>transfer(1);
      var receiver = crew.start(queue::receive).awaitWaiting().interrupt();

      assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
      assertThat(receiver.interruptedAtEnd()).isFalse();
      assertThat(queue.trySend("first")).isTrue();
      assertThat(queue.tryReceive()).isEqualTo("first");
    }

    @Test
    void ofOneWaiterLeavesTheOthersServed() throws Exception {
      var queue = TransferContract.this.<String>transfer(2);
      var first = crew.start(queue::receive).awaitWaiting();
      var second = crew.start(queue::receive).awaitWaiting();
      var third = crew.start(queue::receive).awaitWaiting();
      second.interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(second::result);

      queue.send("a");
      queue.send("b");

      assertThat(List.of(first.result(), third.result())).containsExactlyInAnyOrder("a", "b");
    }
  }

  private Transfer<String> full() {
    var queue = this.<String>transfer(1);
    assertThat(queue.trySend("first")).isTrue();
    return queue;
  }
}

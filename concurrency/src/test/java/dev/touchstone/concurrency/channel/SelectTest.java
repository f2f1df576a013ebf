package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}, {1}")
@MethodSource("kinds")
class SelectTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private record Kind(String name, Supplier<Channel<Integer>> channel) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
            new Kind("buffered", () -> Channel.buffered(1)),
            new Kind("fair", () -> Channel.<Integer>builder().capacity(1).fair().build()),
            new Kind("rendezvous", Channel::rendezvous))
        .flatMap(kind -> Stream.of(Crew.Kind.values()).map(crew -> Arguments.of(kind, crew)));
  }

  @Parameter(0)
  private Kind kind;

  @Parameter(1)
  private Crew.Kind threads;

  private Crew crew;
  private Channel<Integer> a;
  private Channel<Integer> b;

  @BeforeEach
  void setUp() {
    crew = new Crew(threads);
    a = kind.channel.get();
    b = kind.channel.get();
  }

  @AfterEach
  void leavesNothingBehind() throws InterruptedException {
    crew.disband();
    assertThat(List.of(a.waitingReceivers(), b.waitingReceivers())).containsOnly(0);
    assertThat(List.of(a.waitingSenders(), b.waitingSenders())).containsOnly(0);
  }

  @Test
  void receivesFromTheChannelThatHasAnElement() throws Exception {
    var select = crew.start(this::receiveFromEither).awaitWaiting();

    b.send(7);

    assertThat(select.result()).isEqualTo("b7");
  }

  @Test
  void sendsToTheChannelThatHasSpace() throws Exception {
    fill();
    var select = crew.start(
            () -> Select.on(a.sending(8, () -> "a")).or(b.sending(9, () -> "b")).await())
        .awaitWaiting();

    assertThat(receiveUntil(b, 9)).isTrue();

    assertThat(select.result()).isEqualTo("b");
    assertThat(a.trySend(1)).isFalse();
  }

  /** Fills the buffers, if any, so that senders wait. */
  private void fill() {
    while (a.trySend(0) || b.trySend(0)) {
      // until both are full
    }
  }

  private boolean receiveUntil(Channel<Integer> channel, int element) throws InterruptedException {
    Integer received = channel.receive();
    while (received == 0) {
      received = channel.receive();
    }
    return received == element;
  }

  @Test
  void prefersTheClauseListedFirst() throws Exception {
    for (var i = 0; i < 50; i++) {
      var one = offer(a, i);
      var two = offer(b, i);

      assertThat(receiveFromEither()).isEqualTo("a" + i);

      assertThat(b.receive()).isEqualTo(i);
      one.result();
      two.result();
    }
  }

  @Test
  void prefersNoClauseWhenFair() throws Exception {
    var fromA = new AtomicInteger();
    for (var i = 0; i < 100; i++) {
      var one = offer(a, i);
      var two = offer(b, i);
      var first = Select.on(a.receiving(e -> a)).or(b.receiving(e -> b)).fair().await();
      if (first == a) {
        fromA.incrementAndGet();
        b.receive();
      } else {
        a.receive();
      }
      one.result();
      two.result();
    }

    assertThat(fromA.get()).isBetween(1, 99); // wrong once in 2^99 runs
  }

  /** Makes an element ready to be received. */
  private Crew.Worker<Boolean> offer(Channel<Integer> channel, int element) {
    var worker = crew.run(() -> channel.send(element));
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> channel.size() + channel.waitingSenders() == 1);
    return worker;
  }

  @Test
  void endsWithTheTimeout() throws Exception {
    var result = Select.on(a.receiving(e -> "a"))
        .or(b.receiving(e -> "b"))
        .timeout(Duration.ofMillis(2), () -> "too late")
        .await();

    assertThat(result).isEqualTo("too late");
  }

  @Test
  void doesNotWaitWithOrElse() throws Exception {
    assertThat(Select.on(a.receiving(e -> "a")).orElse(() -> "nothing").await())
        .isEqualTo("nothing");
    var sender = offer(a, 1);
    assertThat(Select.on(a.receiving(e -> "a")).orElse(() -> "nothing").await()).isEqualTo("a");
    sender.result();
  }

  @Test
  void isEndedByAnInterruptWithoutEffect() throws Exception {
    var select = crew.start(this::receiveFromEither).awaitWaiting().interrupt();

    assertThat(select.failure()).isInstanceOf(InterruptedException.class);
    assertThat(select.interruptedAtEnd()).isFalse();
    var sender = crew.run(() -> a.send(1));
    assertThat(a.receive()).isEqualTo(1);
    sender.result();
  }

  @Test
  void throwsWhenAChannelIsClosed() throws Exception {
    var select = crew.start(this::receiveFromEither).awaitWaiting();

    b.close(new IOException("disk full"));

    assertThat(select.failure())
        .isInstanceOf(ChannelClosedException.class)
        .hasMessage("the channel is closed: java.io.IOException: disk full");
  }

  @Test
  void handlesAClosedChannel() throws Exception {
    var select = crew.start(() -> Select.on(a.receiving(e -> "a"))
            .or(b.receiving(e -> "b").onClosed(ChannelClosedException::getMessage))
            .await())
        .awaitWaiting();

    b.close();

    assertThat(select.result()).isEqualTo("the channel is closed");
  }

  @Test
  void skipsClosedChannelsUntilNoneIsLeft() throws Exception {
    var select = crew.start(() -> Select.on(a.receiving(e -> "a" + e))
            .or(b.receiving(e -> "b"))
            .skipClosed()
            .await())
        .awaitWaiting();
    b.close();
    var sender = crew.run(() -> a.send(1));
    assertThat(select.result()).isEqualTo("a1");
    sender.result();
    a.close();

    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> Select.on(a.receiving(e -> "a"))
            .or(b.receiving(e -> "b"))
            .skipClosed()
            .await());
  }

  @Test
  void sendsNothingToAChannelThatWasClosedMeanwhile() throws Exception {
    fill();
    var select = crew.start(() -> Select.<String>on(a.sending(1, () -> "a"))
            .or(b.sending(2, () -> "b"))
            .skipClosed()
            .await())
        .awaitWaiting();

    a.close();
    await().until(() -> a.waitingSenders() == 0 && b.waitingSenders() == 1);
    select.awaitWaiting();

    assertThat(a.stream()).doesNotContain(1);
    assertThat(receiveUntil(b, 2)).isTrue();
    assertThat(select.result()).isEqualTo("b");
  }

  @Test
  void meetsAnotherSelect() throws Exception {
    var rounds = 2_000;
    var sum = crew.start(() -> {
      var total = 0;
      for (var i = 0; i < rounds; i++) {
        total += Select.on(a.receiving(e -> e)).or(b.receiving(e -> e)).fair().await();
      }
      return total;
    });
    var sender = crew.run(() -> {
      for (var i = 0; i < rounds; i++) {
        Select.on(a.sending(i, () -> "a")).or(b.sending(i, () -> "b")).fair().await();
      }
    });

    assertThat(sender.result()).isTrue();
    assertThat(sum.result()).isEqualTo(IntStream.range(0, rounds).sum());
  }

  @Test
  void doesNotMeetItself() throws Exception {
    var select = Select.on(a.receiving(e -> "received"))
        .or(a.sending(1, () -> "sent"))
        .timeout(Duration.ofMillis(1), () -> "nobody else");

    assertThat(select.await()).isEqualTo(a.capacity() == 0 ? "nobody else" : "sent");
  }

  @Test
  void losesAndDoublesNothingAmongOthers() throws Exception {
    var each = 2_000;
    var seen = new ConcurrentLinkedQueue<Integer>();
    for (var s = 0; s < 2; s++) {
      var first = s * each;
      crew.run(() -> {
        for (var i = first; i < first + each; i++) {
          var element = i;
          Select.on(a.sending(element, () -> true))
              .or(b.sending(element, () -> true))
              .await();
        }
      });
    }
    crew.run(() -> {
      for (var i = 2 * each; i < 3 * each; i++) {
        (i % 2 == 0 ? a : b).send(i);
      }
    });
    for (var r = 0; r < 2; r++) {
      crew.run(() -> {
        for (var i = 0; i < each; i++) {
          seen.add(Select.on(a.receiving(e -> e)).or(b.receiving(e -> e)).fair().await());
        }
      });
    }
    crew.run(() -> {
      for (var i = 0; i < each; ) {
        var element = Select.<Integer>on(b.receiving(e -> e))
            .or(a.receiving(e -> e))
            .timeout(Duration.ofNanos(20_000), () -> -1)
            .await();
        if (element >= 0) {
          seen.add(element);
          i++;
        }
      }
    });

    crew.join();
    assertThat(seen.stream().sorted())
        .isEqualTo(IntStream.range(0, 3 * each).boxed().toList());
  }

  @Test
  void passesOnAWakeUpThatItDoesNotUse() throws Exception {
    for (var i = 0; i < 200; i++) {
      var select = crew.start(this::receiveFromEither).awaitWaiting();
      var other = crew.start(() -> a.receive(LONG)).awaitWaiting();
      // Wakes the select at both channels: it takes one element, the other one must not be
      // forgotten.
      var senders = List.of(crew.run(() -> b.send(1)), crew.run(() -> a.send(2)));
      var taken = select.result();
      if (taken.equals("b1")) {
        assertThat(other.result()).isEqualTo(2);
      } else {
        assertThat(taken).isEqualTo("a2");
        assertThat(b.receive()).isEqualTo(1);
        var last = crew.run(() -> a.send(3));
        assertThat(other.result()).isEqualTo(3);
        last.result();
      }
      for (var sender : senders) {
        sender.result();
      }
    }
  }

  private String receiveFromEither() throws InterruptedException {
    return Select.<String>on(a.receiving(e -> "a" + e))
        .or(b.receiving(e -> "b" + e))
        .await();
  }
}

package dev.touchstone.concurrency.channel;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of channel, with everything going on at once. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("kinds")
class EveryChannelTest {

  private record Kind(String name, Supplier<Channel.Builder<Long>> builder) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
            new Kind("capacity 1", () -> Channel.<Long>builder().capacity(1)),
            new Kind("capacity 5", () -> Channel.<Long>builder().capacity(5)),
            new Kind("fair", () -> Channel.<Long>builder().capacity(2).fair()),
            new Kind("rendezvous", () -> Channel.<Long>builder().rendezvous()),
            new Kind("unbounded", () -> Channel.<Long>builder().unbounded()),
            new Kind("drop oldest", () -> Channel.<Long>builder().overflow(Overflow.DROP_OLDEST)),
            new Kind("drop newest", () -> Channel.<Long>builder().overflow(Overflow.DROP_NEWEST)),
            new Kind("conflate", () -> Channel.<Long>builder().overflow(Overflow.CONFLATE)))
        .flatMap(kind -> Stream.of(Crew.Kind.values()).map(crew -> Arguments.of(kind, crew)));
  }

  @Parameter(0)
  private Kind kind;

  @Parameter(1)
  private Crew.Kind threads;

  private static final int SENDERS = 4;
  private static final int EACH = 3_000;
  private static final long SHIFT = 1_000_000;

  private final ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<List<Long>> received = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> undelivered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sending = new AtomicInteger(SENDERS);
  private Crew crew;

  @AfterEach
  void leavesNoThread() throws InterruptedException {
    crew.disband();
  }

  @Test
  void conservesElementsUntilItIsClosed() throws Exception {
    var channel = start();

    crew.join();

    assertConserved(channel);
    assertThat(accepted).hasSize(SENDERS * EACH);
  }

  @Test
  void conservesElementsAgainstInterrupts() throws Exception {
    var channel = start();

    crew.harass(2_000, 42);

    crew.join();
    assertConserved(channel);
    assertThat(accepted).hasSize(SENDERS * EACH);
  }

  @Test
  void conservesElementsWhenItIsCancelled() throws Exception {
    var channel = start();
    var cause = new IOException("stop");

    crew.run(() -> {
      while (accepted.size() < SENDERS * EACH / 10) {
        Thread.yield();
      }
      channel.cancel(cause);
    });

    crew.join();
    assertConserved(channel);
  }

  @Test
  void doesNotFailWhileItIsObserved() throws Exception {
    var channel = start();
    crew.run(() -> {
      while (!channel.isDrained()) {
        assertThat(channel.size()).isBetween(0, channel.capacity());
        assertThat(channel.waitingSenders()).isNotNegative();
        assertThat(channel.waitingReceivers()).isNotNegative();
        assertThatCode(channel::statistics).doesNotThrowAnyException();
        Thread.yield();
      }
    });

    crew.join();
  }

  /** Starts senders, which close the channel at the end, and receivers, in many ways. */
  private Channel<Long> start() {
    crew = new Crew(threads);
    var channel = kind.builder().get().onUndelivered(undelivered::add).build();
    for (var s = 0; s < SENDERS; s++) {
      var first = s * SHIFT;
      crew.run(() -> send(channel, first));
    }
    crew.run(() -> receive(() -> List.of(channel.receive())));
    crew.run(() -> receive(() -> asList(channel.receive(Duration.ofNanos(50_000)))));
    crew.run(() -> receive(() -> channel.receiveBatch(7)));
    crew.run(() -> receive(() -> {
      var list = new ArrayList<Long>();
      if (channel.drainTo(list, 3) == 0) {
        Thread.yield();
      }
      return list;
    }));
    return channel;
  }

  private void send(Channel<Long> channel, long first) {
    var random = RandomGenerator.getDefault();
    try {
      for (var element = first; element < first + EACH; ) {
        var sent = false;
        try {
          switch (random.nextInt(3)) {
            case 0 -> {
              channel.send(element);
              sent = true;
            }
            case 1 -> sent = channel.trySend(element);
            default -> sent = channel.send(element, Duration.ofNanos(50_000));
          }
        } catch (InterruptedException e) {
          // as documented, nothing was sent
        }
        if (sent) {
          accepted.add(element);
          element++;
        } else {
          Thread.yield();
        }
      }
    } catch (ChannelClosedException cancelled) {
      // the test cancels
    } finally {
      if (sending.decrementAndGet() == 0) {
        channel.close();
      }
    }
  }

  private interface Receive {
    List<Long> next() throws InterruptedException;
  }

  private void receive(Receive receive) {
    var log = new ArrayList<Long>();
    received.add(log);
    while (true) {
      try {
        log.addAll(receive.next());
      } catch (InterruptedException e) {
        // as documented, nothing was received
      } catch (ChannelClosedException closed) {
        return;
      }
    }
  }

  private static List<Long> asList(Long element) {
    return element == null ? List.of() : List.of(element);
  }

  private void assertConserved(Channel<Long> channel) {
    var arrived = Stream.concat(received.stream().flatMap(List::stream), undelivered.stream());
    assertThat(arrived.sorted().toList()).isEqualTo(accepted.stream().sorted().toList());
    assertThat(received)
        .allSatisfy(log -> assertThat(
                log.stream().collect(groupingBy(element -> element / SHIFT)).values())
            .allSatisfy(ofOneSender -> assertThat(ofOneSender).isSorted()));
    assertThat(channel.isDrained()).isTrue();
    assertThat(channel.size()).isZero();
    assertThat(channel.waitingSenders()).isZero();
    assertThat(channel.waitingReceivers()).isZero();
  }
}

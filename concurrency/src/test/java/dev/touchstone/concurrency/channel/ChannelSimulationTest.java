package dev.touchstone.concurrency.channel;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels under many schedules on virtual time, with interrupts, timeouts and ends thrown in. */
class ChannelSimulationTest {

  private static final int FEW = 400;
  private static final int MANY = 10_000;

  private enum Kind {
    ONE {
      @Override
      Channel.Builder<Integer> builder() {
        return Channel.<Integer>builder().capacity(1);
      }
    },
    THREE {
      @Override
      Channel.Builder<Integer> builder() {
        return Channel.<Integer>builder().capacity(3);
      }
    },
    FAIR {
      @Override
      Channel.Builder<Integer> builder() {
        return Channel.<Integer>builder().capacity(2).fair();
      }
    },
    RENDEZVOUS {
      @Override
      Channel.Builder<Integer> builder() {
        return Channel.<Integer>builder().rendezvous();
      }
    },
    UNBOUNDED {
      @Override
      Channel.Builder<Integer> builder() {
        return Channel.<Integer>builder().unbounded();
      }
    },
    DROP_OLDEST {
      @Override
      Channel.Builder<Integer> builder() {
        return Channel.<Integer>builder().capacity(2).overflow(Overflow.DROP_OLDEST);
      }
    };

    abstract Channel.Builder<Integer> builder();
  }

  @ParameterizedTest
  @EnumSource
  void conservesElementsInOrder(Kind kind) {
    Simulation.explore(FEW, simulation -> new Scenario(simulation, kind).run());
  }

  @Tag("stress")
  @Timeout(600)
  @ParameterizedTest
  @EnumSource
  void conservesElementsInOrderUnderManySchedules(Kind kind) {
    Simulation.explore(MANY, simulation -> new Scenario(simulation, kind).run());
  }

  @ParameterizedTest
  @EnumSource
  void selectsWithoutLoss(Kind kind) {
    Simulation.explore(FEW, simulation -> new Scenario(simulation, kind).runWithSelects());
  }

  @Tag("stress")
  @Timeout(600)
  @ParameterizedTest
  @EnumSource
  void selectsWithoutLossUnderManySchedules(Kind kind) {
    Simulation.explore(MANY, simulation -> new Scenario(simulation, kind).runWithSelects());
  }

  /** One run: some senders and receivers, any of which may be disturbed, and an end at any time. */
  private static final class Scenario {

    private static final int EACH = 4;
    private static final int SHIFT = 100;

    private final Simulation simulation;
    private final Channel<Integer> channel;
    private final Channel<Integer> other;
    private final List<Integer> sent = new ArrayList<>();
    private final List<Integer> received = new ArrayList<>();
    private final List<Integer> undelivered = new ArrayList<>();

    Scenario(Simulation simulation, Kind kind) {
      this.simulation = simulation;
      channel = build(kind);
      other = build(kind);
    }

    private Channel<Integer> build(Kind kind) {
      return kind.builder()
          .timeSource(simulation.clock())
          .onUndelivered(undelivered::add)
          .build();
    }

    void run() throws InterruptedException {
      var senders = new ArrayList<Thread>();
      var receivers = new ArrayList<Thread>();
      for (var s = 0; s < 3; s++) {
        var first = s * SHIFT;
        senders.add(simulation.fork("sender-" + s, () -> send(first)));
      }
      for (var r = 0; r < 3; r++) {
        receivers.add(simulation.fork("receiver-" + r, this::receive));
      }
      disturb(senders);
      disturb(receivers);
      endSometime(List.of(channel));
      join(senders);
      channel.close();
      join(receivers);
      assertConserved();
    }

    void runWithSelects() throws InterruptedException {
      var senders = new ArrayList<Thread>();
      var receivers = new ArrayList<Thread>();
      senders.add(simulation.fork("sender-0", () -> send(0)));
      for (var s = 1; s < 3; s++) {
        var first = s * SHIFT;
        senders.add(simulation.fork("sender-" + s, () -> sendToEither(first)));
      }
      for (var r = 0; r < 3; r++) {
        receivers.add(simulation.fork("receiver-" + r, this::receiveFromEither));
      }
      disturb(senders);
      disturb(receivers);
      endSometime(List.of(channel, other));
      join(senders);
      channel.close();
      other.close();
      join(receivers);
      assertConserved();
    }

    /** Ends some of the channels at any time, in some of the runs. */
    private void endSometime(List<Channel<Integer>> channels) throws InterruptedException {
      var random = simulation.random();
      for (var ended : channels) {
        if (random.nextInt(3) == 0) {
          simulation
              .fork("end", () -> {
                simulation.clock().sleep(Duration.ofNanos(random.nextInt(60_000)));
                if (random.nextBoolean()) {
                  ended.cancel(new IOException("cancelled"));
                } else {
                  ended.close();
                }
              })
              .join();
        }
      }
    }

    private void disturb(List<Thread> threads) {
      if (simulation.random().nextBoolean()) {
        simulation.interruptSometime(threads.get(simulation.random().nextInt(threads.size())));
      }
    }

    private void join(List<Thread> threads) throws InterruptedException {
      for (var thread : threads) {
        thread.join();
      }
    }

    private void send(int first) {
      for (var element = first; element < first + EACH; element++) {
        try {
          var done = switch (simulation.random().nextInt(3)) {
            case 0 -> {
              channel.send(element);
              yield true;
            }
            case 1 -> channel.send(element, someTime());
            default -> channel.trySend(element);
          };
          if (done) {
            sent.add(element);
          }
        } catch (InterruptedException e) {
          continue; // it was not sent
        } catch (ChannelClosedException closed) {
          return;
        }
        assertThat(channel.size()).isBetween(0, channel.capacity());
        simulation.point();
      }
    }

    private void receive() {
      var log = new ArrayList<Integer>();
      while (true) {
        try {
          switch (simulation.random().nextInt(3)) {
            case 0 -> log.add(channel.receive());
            case 1 -> log.addAll(channel.receiveBatch(2, someTime()));
            default -> {
              var element = channel.receive(someTime());
              if (element != null) {
                log.add(element);
              }
            }
          }
        } catch (InterruptedException e) {
          continue; // nothing was received
        } catch (ChannelClosedException closed) {
          break;
        }
        simulation.point();
      }
      assertThat(log.stream().collect(groupingBy(element -> element / SHIFT)).values())
          .allSatisfy(ofOneSender -> assertThat(ofOneSender).isSorted());
      received.addAll(log);
    }

    private void sendToEither(int first) {
      for (var element = first; element < first + EACH; element++) {
        var value = element;
        try {
          var done = Select.<Boolean>on(channel.sending(value, () -> true))
              .or(other.sending(value, () -> true))
              .timeout(someTime(), () -> false)
              .await();
          if (done) {
            sent.add(value);
          }
        } catch (InterruptedException e) {
          continue;
        } catch (ChannelClosedException closed) {
          return;
        }
        simulation.point();
      }
    }

    private void receiveFromEither() {
      var ofFirstSender = new ArrayList<Integer>();
      while (true) {
        try {
          var element = Select.<Integer>on(channel.receiving(e -> e))
              .or(other.receiving(e -> e))
              .skipClosed()
              .await();
          received.add(element);
          if (element < SHIFT) { // the others send to two channels, in no common order
            ofFirstSender.add(element);
          }
        } catch (InterruptedException e) {
          continue;
        } catch (ChannelClosedException closed) {
          break;
        }
        simulation.point();
      }
      assertThat(ofFirstSender).isSorted();
    }

    private Duration someTime() {
      return Duration.ofNanos(simulation.random().nextInt(20_000));
    }

    private void assertConserved() {
      assertThat(received.size() + undelivered.size()).isEqualTo(sent.size());
      assertThat(received).doesNotHaveDuplicates();
      assertThat(sent).containsAll(received).containsAll(undelivered);
      assertThat(channel.isDrained()).isTrue();
      assertThat(channel.waitingSenders() + channel.waitingReceivers()).isZero();
      assertThat(other.waitingSenders() + other.waitingReceivers()).isZero();
    }
  }
}

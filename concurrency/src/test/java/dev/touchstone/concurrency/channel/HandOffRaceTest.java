package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A waiter that is served and disturbed at the same moment, by a script. */
class HandOffRaceTest {

  private final ScriptedTime time = new ScriptedTime();
  private final Channel<Integer> channel =
      Channel.<Integer>builder().rendezvous().timeSource(time).build();

  @Nested
  class AHandOver {

    @Test
    void winsOverAnInterruptOfTheReceiver() throws Exception {
      time.thenWhenParking(() -> {
        inAnotherThread(() -> assertThat(channel.trySend(1)).isTrue());
        Thread.currentThread().interrupt();
      });

      assertThat(channel.receive()).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void winsOverAnInterruptOfTheSender() throws Exception {
      time.thenWhenParking(() -> {
        inAnotherThread(() -> assertThat(channel.tryReceive()).isEqualTo(1));
        Thread.currentThread().interrupt();
      });

      channel.send(1);

      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void winsOverTheEndOfTheTime() throws Exception {
      time.thenWhenParking(
          () -> inAnotherThread(() -> assertThat(channel.trySend(1)).isTrue()));

      assertThat(channel.receive(Duration.ofNanos(1))).isEqualTo(1);
    }

    @Test
    void winsOverAnInterruptOfASelect() throws Exception {
      time.thenWhenParking(() -> {
        inAnotherThread(() -> assertThat(channel.trySend(1)).isTrue());
        Thread.currentThread().interrupt();
      });

      assertThat(Select.<Integer>on(channel.receiving(e -> e)).await()).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void winsOverTheTimeoutOfASelect() throws Exception {
      time.thenWhenParking(
          () -> inAnotherThread(() -> assertThat(channel.trySend(1)).isTrue()));

      assertThat(Select.<Integer>on(channel.receiving(e -> e))
              .timeout(Duration.ofNanos(1), () -> 0)
              .await())
          .isEqualTo(1);
    }
  }

  @Nested
  class AClose {

    @Test
    void keepsTheElementOfAWaitingSenderOut() {
      time.thenWhenParking(() -> {
        channel.close();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(channel::tryReceive);
      });

      assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send(1));
    }

    @Test
    void asksItsCauseForAMessageWithoutALock() {
      var cause = new Exception() {
        @Override
        public String toString() {
          inAnotherThread(channel::size); // waits for ever if this thread holds the lock
          return "a cause of its own";
        }
      };
      channel.close(cause);

      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> channel.trySend(1))
          .withMessage("the channel is closed: a cause of its own");
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(channel::tryReceive)
          .withMessage("the channel is closed: a cause of its own");
    }
  }

  @Nested
  class AFailedPark {

    @Test
    void leavesNobodyInLine() {
      time.thenWhenParking(() -> {
        throw new StackOverflowError("simulated by a test");
      });

      assertThatExceptionOfType(StackOverflowError.class).isThrownBy(channel::receive);

      assertThat(channel.waitingReceivers()).isZero();
      assertThat(channel.trySend(1)).isFalse();
    }
  }

  @Nested
  class ASelection {

    private final Selection selection = new Selection();

    @Test
    void isServedOnceWhileItWaits() {
      var first = selection.new Candidate();
      var second = selection.new Candidate();

      assertThat(selection.startWaiting()).isTrue();
      inAnotherThread(() -> {
        assertThat(first.claim()).isTrue();
        assertThat(second.claim()).isFalse();
      });

      assertThat(selection.stopWaiting()).isFalse();
      assertThat(selection.served()).isSameAs(first);
    }

    @Test
    void triesAgainWhenSomebodyCameByWhileItTried() {
      var candidate = selection.new Candidate();

      inAnotherThread(() -> assertThat(candidate.claim()).isFalse());

      assertThat(selection.startWaiting()).isFalse();
      selection.startTrying();
      assertThat(selection.startWaiting()).isTrue();
    }

    @Test
    void doesNotServeItself() {
      var candidate = selection.new Candidate();
      selection.startWaiting();

      assertThat(candidate.claim()).isFalse();
    }
  }

  private static void inAnotherThread(Runnable action) {
    var crew = new Crew(Crew.Kind.PLATFORM);
    try {
      crew.run(action::run).result();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}

package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel that keeps all its elements and has a bounded buffer must do. */
abstract class ChannelContract extends TransferContract {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final IOException CAUSE = new IOException("disk full");

  ChannelContract(Crew.Kind kind) {
    super(kind);
  }

  abstract <T> Channel.Builder<T> builder(int capacity);

  final <T> Channel<T> channel(int capacity) {
    return this.<T>builder(capacity).build();
  }

  @Override
  final <T> Transfer<T> transfer(int capacity) {
    return Transfer.of(this.<T>channel(capacity));
  }

  @Nested
  class Close {

    @Test
    void refusesElements() {
      var channel = ChannelContract.this.<String>channel(2);

      channel.close();

      assertClosed(() -> channel.send("a"));
      assertClosed(() -> channel.send("a", LONG));
      assertClosed(() -> channel.trySend("a"));
      assertThat(channel.isClosed()).isTrue();
    }

    @Test
    void leavesTheElementsToBeReceived() throws Exception {
      var channel = ChannelContract.this.<String>channel(2);
      channel.send("a");
      channel.send("b");

      channel.close();

      assertThat(channel.isClosed()).isTrue();
      assertThat(channel.isDrained()).isFalse();
      assertThat(channel.receive()).isEqualTo("a");
      assertThat(channel.tryReceive()).isEqualTo("b");
      assertThat(channel.isDrained()).isTrue();
      assertClosed(channel::receive);
      assertClosed(channel::tryReceive);
      assertClosed(() -> channel.receive(LONG));
      assertClosed(() -> channel.receive(Duration.ZERO));
      assertClosed(() -> channel.receiveBatch(2));
    }

    @Test
    void isIdempotent() {
      var channel = ChannelContract.this.<String>channel(1);

      channel.close();
      channel.close(CAUSE);
      channel.close();

      assertClosed(channel::receive);
    }

    @Test
    void wakesAllReceivers() throws Exception {
      var channel = ChannelContract.this.<String>channel(1);
      var one = crew.start(channel::receive).awaitWaiting();
      var two = crew.start(() -> channel.receive(LONG)).awaitWaiting();
      var three = crew.start(() -> channel.receiveBatch(3)).awaitWaiting();

      channel.close();

      assertThat(one.failure()).isInstanceOf(ChannelClosedException.class);
      assertThat(two.failure()).isInstanceOf(ChannelClosedException.class);
      assertThat(three.failure()).isInstanceOf(ChannelClosedException.class);
      assertThat(channel.waitingReceivers()).isZero();
    }

    @Test
    void wakesAllSendersWithoutTheirElements() throws Exception {
      var channel = ChannelContract.this.<String>channel(1);
      channel.send("a");
      var one = crew.run(() -> channel.send("b")).awaitWaiting();
      var two = crew.start(() -> channel.send("c", LONG)).awaitWaiting();

      channel.close();

      assertThat(one.failure()).isInstanceOf(ChannelClosedException.class);
      assertThat(two.failure()).isInstanceOf(ChannelClosedException.class);
      assertThat(channel.receive()).isEqualTo("a");
      assertThat(channel.isDrained()).isTrue();
    }

    @Test
    void tellsItsCauseAfterTheLastElement() throws Exception {
      var channel = ChannelContract.this.<String>channel(1);
      channel.send("a");

      channel.close(CAUSE);

      assertThat(channel.receive()).isEqualTo("a");
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(channel::receive)
          .withMessage("the channel is closed: java.io.IOException: disk full")
          .withCause(CAUSE);
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> channel.trySend("b"))
          .withCause(CAUSE);
    }

    @Test
    void keepsTheFirstCause() {
      var channel = ChannelContract.this.<String>channel(1);

      channel.close(CAUSE);
      channel.close(new IllegalStateException("late"));

      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(channel::receive)
          .withCause(CAUSE);
    }

    @RepeatedTest(20)
    void acceptsAnElementOrTellsItsSenderButNeverBoth() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(3);
      var accepted = new ConcurrentLinkedQueue<Integer>();
      var received = new ConcurrentLinkedQueue<Integer>();
      var warm = new CountDownLatch(50);
      for (var s = 0; s < 4; s++) {
        var first = s * 1_000_000;
        crew.run(() -> {
          try {
            for (var i = first; ; i++) {
              channel.send(i);
              accepted.add(i);
              warm.countDown();
            }
          } catch (ChannelClosedException expected) {
            // the element of this send was not accepted
          }
        });
      }
      crew.run(() -> channel.forEach(received::add));
      crew.run(() -> channel.forEach(received::add));
      warm.await();

      channel.close();

      crew.join();
      assertThat(received.stream().sorted())
          .isEqualTo(accepted.stream().sorted().toList());
    }

    private void assertClosed(Crew.Action action) {
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(action::run)
          .withMessage("the channel is closed")
          .withNoCause();
    }
  }

  @Nested
  class Cancel {

    @Test
    void discardsTheElementsToTheHandler() throws Exception {
      var undelivered = new ArrayList<String>();
      var channel = ChannelContract.this
          .<String>builder(2)
          .onUndelivered(undelivered::add)
          .build();
      channel.send("a");
      channel.send("b");

      channel.cancel(CAUSE);
      channel.cancel(new IllegalStateException("late"));

      assertThat(undelivered).containsExactly("a", "b");
      assertThat(channel.size()).isZero();
      assertThat(channel.isDrained()).isTrue();
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(channel::receive)
          .withMessage("the channel was cancelled: java.io.IOException: disk full")
          .withCause(CAUSE);
    }

    @Test
    void afterACloseTellsTheReceiversThatElementsAreMissing() throws Exception {
      var channel = ChannelContract.this.<String>channel(2);
      channel.send("a");
      channel.close();

      channel.cancel(CAUSE);

      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(channel::receive)
          .withCause(CAUSE);
    }

    @Test
    void wakesEverybody() throws Exception {
      var empty = ChannelContract.this.<String>channel(1);
      var full = ChannelContract.this.<String>channel(1);
      full.send("a");
      var receiver = crew.start(empty::receive).awaitWaiting();
      var sender = crew.run(() -> full.send("b")).awaitWaiting();

      empty.cancel(CAUSE);
      full.cancel(CAUSE);

      assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class).hasCause(CAUSE);
      assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class).hasCause(CAUSE);
    }

    @Test
    void needsACause() {
      var channel = ChannelContract.this.<String>channel(1);

      assertThatNullPointerException().isThrownBy(() -> channel.cancel(null)).withMessage("cause");
      assertThat(channel.isClosed()).isFalse();
    }

    @RepeatedTest(20)
    void deliversOrDiscardsEachAcceptedElementOnce() throws Exception {
      var undelivered = new ConcurrentLinkedQueue<Integer>();
      var accepted = new ConcurrentLinkedQueue<Integer>();
      var received = new ConcurrentLinkedQueue<Integer>();
      var channel = ChannelContract.this
          .<Integer>builder(5)
          .onUndelivered(undelivered::add)
          .build();
      var warm = new CountDownLatch(50);
      for (var s = 0; s < 3; s++) {
        var first = s * 1_000_000;
        crew.run(() -> {
          try {
            for (var i = first; ; i++) {
              channel.send(i);
              accepted.add(i);
              warm.countDown();
            }
          } catch (ChannelClosedException expected) {
            // the element of this send was not accepted
          }
        });
      }
      for (var r = 0; r < 2; r++) {
        crew.run(() -> {
          try {
            channel.forEach(received::add);
          } catch (ChannelClosedException expected) {
            assertThat(expected).hasCause(CAUSE);
          }
        });
      }
      warm.await();

      crew.run(() -> channel.cancel(CAUSE));
      crew.run(() -> channel.cancel(CAUSE));

      crew.join();
      received.addAll(undelivered);
      assertThat(received.stream().sorted())
          .isEqualTo(accepted.stream().sorted().toList());
    }
  }

  @Nested
  class Batch {

    @Test
    void takesWhatIsThereUpToTheMaximum() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(5);
      for (var i = 0; i < 5; i++) {
        channel.send(i);
      }

      assertThat(channel.receiveBatch(3)).containsExactly(0, 1, 2);
      assertThat(channel.receiveBatch(100)).containsExactly(3, 4);
      assertThat(channel.size()).isZero();
    }

    @Test
    void waitsForTheFirstElement() throws Exception {
      var channel = ChannelContract.this.<String>channel(5);
      var receiver = crew.start(() -> channel.receiveBatch(3)).awaitWaiting();

      channel.send("a");

      assertThat(receiver.result()).containsExactly("a");
    }

    @Test
    void makesSpaceForSeveralSenders() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(3);
      for (var i = 0; i < 3; i++) {
        channel.send(i);
      }
      var senders = new ArrayList<Crew.Worker<Boolean>>();
      for (var i = 3; i < 6; i++) {
        var element = i;
        senders.add(crew.run(() -> channel.send(element)).awaitWaiting());
      }

      assertThat(channel.receiveBatch(3)).containsExactly(0, 1, 2);

      for (var sender : senders) {
        assertThat(sender.result()).isTrue();
      }
      assertThat(channel.receiveBatch(3)).containsExactlyInAnyOrder(3, 4, 5);
    }

    @Test
    void isEndedByAnInterrupt() throws Exception {
      var channel = ChannelContract.this.<String>channel(5);
      var receiver = crew.start(() -> channel.receiveBatch(3)).awaitWaiting().interrupt();

      assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void hasAtLeastOnePlace(int max) {
      var channel = ChannelContract.this.<String>channel(5);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.receiveBatch(max))
          .withMessage("max must be at least 1, was " + max);
    }
  }

  @Nested
  class LingeringBatch {

    @Test
    void collectsUntilItIsFull() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      var receiver = crew.start(() -> channel.receiveBatch(3, LONG)).awaitWaiting();

      channel.send(1);
      channel.send(2);
      channel.send(3);

      assertThat(receiver.result()).containsExactly(1, 2, 3);
    }

    @Test
    void endsWithWhatItHasWhenTheTimeIsOver() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      channel.send(1);

      assertThat(channel.receiveBatch(3, Duration.ofMillis(1))).containsExactly(1);
      channel.send(2);
      assertThat(channel.receiveBatch(3, Duration.ZERO)).containsExactly(2);
    }

    @Test
    void endsWithWhatItHasWhenTheChannelIsClosed() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      channel.send(1);
      var receiver = crew.start(() -> channel.receiveBatch(3, LONG)).awaitWaiting();

      channel.close(CAUSE);

      assertThat(receiver.result()).containsExactly(1);
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> channel.receiveBatch(3, LONG))
          .withCause(CAUSE);
    }

    @Test
    void endsWithWhatItHasWhenInterrupted() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      channel.send(1);
      var receiver =
          crew.start(() -> channel.receiveBatch(3, LONG)).awaitWaiting().interrupt();

      assertThat(receiver.result()).containsExactly(1);
      assertThat(receiver.interruptedAtEnd()).isTrue();
    }
  }

  @Nested
  class DrainTo {

    @Test
    void takesWhatIsThereWithoutWaiting() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(5);
      var target = new ArrayList<Number>();
      assertThat(channel.drainTo(target, 3)).isZero();
      for (var i = 0; i < 5; i++) {
        channel.send(i);
      }

      assertThat(channel.drainTo(target, 3)).isEqualTo(3);
      assertThat(channel.drainTo(target, 3)).isEqualTo(2);
      assertThat(target).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void throwsWhenNothingCanFollow() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(5);
      channel.send(1);
      channel.close();

      assertThat(channel.drainTo(new ArrayList<>(), 3)).isEqualTo(1);
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> channel.drainTo(new ArrayList<>(), 3));
    }

    @Test
    void losesNoElementThatTheCollectionRefuses() throws Exception {
      var undelivered = new ArrayList<Integer>();
      var channel = ChannelContract.this
          .<Integer>builder(5)
          .onUndelivered(undelivered::add)
          .build();
      channel.send(1);

      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> channel.drainTo(List.of(), 3));
      assertThat(undelivered).containsExactly(1);
    }
  }

  @Nested
  class SendAll {

    @Test
    void sendsInOrderAndWaitsForSpace() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      var sender = crew.start(() -> channel.sendAll(List.of(1, 2, 3, 4))).awaitWaiting();

      assertThat(channel.receive()).isEqualTo(1);
      assertThat(channel.receive()).isEqualTo(2);
      assertThat(channel.receive()).isEqualTo(3);
      assertThat(channel.receive()).isEqualTo(4);
      assertThat(sender.result()).isEqualTo(4);
    }

    @Test
    void tellsHowManyWereSentBeforeTheClose() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      var sender = crew.start(() -> channel.sendAll(List.of(1, 2, 3, 4))).awaitWaiting();

      channel.close();

      assertThat(sender.result()).isEqualTo(2);
      assertThat(channel.sendAll(List.of(5))).isZero();
    }

    @Test
    void tellsHowManyWereSentBeforeTheInterrupt() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      var sender =
          crew.start(() -> channel.sendAll(List.of(1, 2, 3, 4))).awaitWaiting().interrupt();

      assertThat(sender.result()).isEqualTo(2);
      assertThat(sender.interruptedAtEnd()).isTrue();
      var second = crew.start(() -> channel.sendAll(List.of(5))).awaitWaiting().interrupt();
      assertThat(second.failure()).isInstanceOf(InterruptedException.class);
    }
  }

  @Nested
  class Iteration {

    @Test
    void endsWhenTheChannelIsClosed() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(2);
      var sum = crew.start(() -> {
        var total = 0;
        for (var element : channel) {
          total += element;
        }
        return total;
      });

      for (var i = 1; i <= 100; i++) {
        channel.send(i);
      }
      channel.close();

      assertThat(sum.result()).isEqualTo(5_050);
    }

    @Test
    void throwsWhenTheChannelIsClosedWithACause() throws Exception {
      var channel = ChannelContract.this.<String>channel(2);
      channel.send("a");
      channel.close(CAUSE);
      var seen = new ArrayList<String>();

      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> channel.forEach(seen::add))
          .withCause(CAUSE);
      assertThat(seen).containsExactly("a");
    }

    @Test
    void hasNoElementAfterTheEnd() throws Exception {
      var channel = ChannelContract.this.<String>channel(2);
      channel.send("a");
      channel.close();
      var iterator = channel.iterator();

      assertThat(iterator.next()).isEqualTo("a");
      assertThat(iterator.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(iterator::next)
          .withMessage("the channel is closed");
    }

    @Test
    void receivesAnElementOnceHoweverOftenItIsAskedFor() throws Exception {
      var channel = ChannelContract.this.<String>channel(2);
      channel.send("a");
      channel.send("b");
      var iterator = channel.iterator();

      assertThat(iterator.hasNext()).isTrue();
      assertThat(iterator.hasNext()).isTrue();
      assertThat(channel.size()).isEqualTo(1);
      assertThat(iterator.next()).isEqualTo("a");
    }

    @Test
    void isCancelledByAnInterruptOnlyIfItHasToWait() throws Exception {
      var channel = ChannelContract.this.<String>channel(2);
      channel.send("a");
      var reader = crew.start(() -> {
        Thread.currentThread().interrupt();
        var iterator = channel.iterator();
        assertThat(iterator.next()).isEqualTo("a");
        return iterator.next();
      });

      assertThat(reader.failure())
          .isInstanceOf(CancellationException.class)
          .hasMessage("interrupted while waiting for the next element");
      assertThat(reader.interruptedAtEnd()).isTrue();
    }

    @Test
    void asAStreamLeavesWhatItDoesNotNeed() throws Exception {
      var channel = ChannelContract.this.<Integer>channel(5);
      for (var i = 0; i < 5; i++) {
        channel.send(i);
      }

      assertThat(channel.stream().limit(3)).containsExactly(0, 1, 2);
      assertThat(channel.size()).isEqualTo(2);
      channel.close();
      assertThat(channel.stream()).containsExactly(3, 4);
    }
  }

  @Nested
  class Observation {

    @Test
    void countsElementsAndWaiters() throws Exception {
      var channel = ChannelContract.this.<String>channel(1);
      assertThat(channel.capacity()).isEqualTo(1);
      assertThat(channel).hasToString("Channel[open, size=0, capacity=1]");
      var receiver = crew.start(channel::receive);
      await().until(() -> channel.waitingReceivers() == 1);

      channel.send("a");
      receiver.result();
      channel.send("b");
      var sender = crew.run(() -> channel.send("c"));
      await().until(() -> channel.waitingSenders() == 1);

      assertThat(channel.waitingReceivers()).isZero();
      assertThat(channel.size()).isEqualTo(1);
      channel.close();
      assertThat(channel).hasToString("Channel[closed, size=1, capacity=1]");
      assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
      channel.cancel(CAUSE);
      assertThat(channel).hasToString("Channel[drained, size=0, capacity=1]");
    }

    @Test
    void namesTheChannelInThreadDumps() throws Exception {
      var channel = ChannelContract.this.<String>channel(1);
      var receiver = crew.start(channel::receive).awaitWaiting().interrupt();

      assertThat(receiver.failure())
          .hasMessage("interrupted while waiting at Channel[open, size=0, capacity=1]");
    }
  }
}

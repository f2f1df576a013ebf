package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RendezvousChannelTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Crew crew;
  private final ArrayList<String> undelivered = new ArrayList<>();
  private final Channel<String> channel =
      Channel.<String>builder().rendezvous().onUndelivered(undelivered::add).build();

  RendezvousChannelTest(Crew.Kind kind) {
    crew = new Crew(kind);
  }

  @AfterEach
  void leavesNoThread() throws InterruptedException {
    crew.disband();
  }

  @Test
  void holdsNothing() throws Exception {
    assertThat(channel.capacity()).isZero();
    assertThat(channel.trySend("a")).isFalse();
    assertThat(channel.send("a", Duration.ofMillis(1))).isFalse();
    assertThat(channel.tryReceive()).isNull();
    assertThat(channel.receive(Duration.ofMillis(1))).isNull();
    assertThat(channel.size()).isZero();
  }

  @Test
  void isSentToAWaitingReceiver() throws Exception {
    var receiver = crew.start(channel::receive).awaitWaiting();

    assertThat(channel.trySend("a")).isTrue();
    assertThat(channel.trySend("b")).isFalse();

    assertThat(receiver.result()).isEqualTo("a");
  }

  @Test
  void isReceivedFromAWaitingSender() throws Exception {
    var sender = crew.start(() -> channel.send("a", LONG)).awaitWaiting();
    assertThat(channel.waitingSenders()).isEqualTo(1);

    assertThat(channel.tryReceive()).isEqualTo("a");
    assertThat(channel.tryReceive()).isNull();

    assertThat(sender.result()).isTrue();
  }

  @Test
  void takesABatchFromSeveralSenders() throws Exception {
    var one = crew.run(() -> channel.send("a")).awaitWaiting();
    var two = crew.run(() -> channel.send("b")).awaitWaiting();

    assertThat(channel.receiveBatch(5)).containsExactly("a", "b");

    assertThat(one.result()).isTrue();
    assertThat(two.result()).isTrue();
  }

  @Test
  void isClosedToWaitingSendersAndReceivers() throws Exception {
    var sender = crew.run(() -> channel.send("a")).awaitWaiting();

    channel.close();

    assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
    assertThat(channel.isDrained()).isTrue();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(channel::tryReceive);
    assertThat(undelivered).isEmpty(); // the element stayed with its sender
  }

  @Test
  void doesNotKeepTheElementOfAnInterruptedSender() throws Exception {
    var sender = crew.run(() -> channel.send("a")).awaitWaiting().interrupt();

    assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
    assertThat(channel.tryReceive()).isNull();
    assertThat(channel.waitingSenders()).isZero();
  }

  @Test
  void doesNotServeAnInterruptedReceiver() throws Exception {
    var receiver = crew.start(channel::receive).awaitWaiting().interrupt();

    assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
    assertThat(channel.trySend("a")).isFalse();
  }
}

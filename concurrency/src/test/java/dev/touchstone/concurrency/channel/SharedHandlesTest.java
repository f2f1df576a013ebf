package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SharedHandlesTest {

  private final ArrayList<String> undelivered = new ArrayList<>();
  private final Channel<String> channel =
      Channel.<String>builder().capacity(4).onUndelivered(undelivered::add).build();

  @Nested
  class OfSenders {

    @Test
    void closeTheChannelWithTheLastOne() throws Exception {
      var one = channel.shareSender();
      var two = one.shareSender();
      one.send("a");

      one.close();
      one.close();
      two.send("b");
      assertThat(one.isClosed()).isTrue();
      assertThat(channel.isClosed()).isFalse();
      two.close();

      assertThat(channel.isClosed()).isTrue();
      assertThat(channel).containsExactly("a", "b");
    }

    @Test
    void closeTheChannelAtOnceWithACause() {
      var failing = channel.shareSender();
      var other = channel.shareSender();

      failing.close(new IOException("disk full"));

      assertThat(other.isClosed()).isTrue();
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> other.trySend("a"))
          .withMessage("the channel is closed: java.io.IOException: disk full");
    }

    @Test
    void refuseToWorkAfterTheyWereClosed() {
      var one = channel.shareSender();
      var two = channel.shareSender();

      one.close();

      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> one.trySend("a"))
          .withMessage("this handle of the channel is closed");
      assertThat(two.trySend("a")).isTrue();
    }
  }

  @Nested
  class OfReceivers {

    @Test
    void cancelTheChannelWithTheLastOne() throws Exception {
      var one = channel.shareReceiver();
      var two = one.shareReceiver();
      channel.send("a");
      channel.send("b");

      assertThat(one.receive()).isEqualTo("a");
      one.close();
      one.close();
      assertThat(channel.isClosed()).isFalse();
      two.close();

      assertThat(undelivered).containsExactly("b");
      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(() -> channel.send("c"))
          .withCauseInstanceOf(CancellationException.class)
          .withMessage("the channel was cancelled: java.util.concurrent.CancellationException:"
              + " the last receiver was closed");
    }

    @Test
    void refuseToWorkAfterTheyWereClosed() {
      var one = channel.shareReceiver();
      var two = channel.shareReceiver();

      one.close();

      assertThatExceptionOfType(ChannelClosedException.class)
          .isThrownBy(one::tryReceive)
          .withMessage("this handle of the channel is closed");
      assertThat(two.tryReceive()).isNull();
    }
  }
}

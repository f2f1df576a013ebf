package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class FairChannelTest extends ChannelContract {

  FairChannelTest(Crew.Kind kind) {
    super(kind);
  }

  @Override
  <T> Channel.Builder<T> builder(int capacity) {
    return Channel.<T>builder().capacity(capacity).fair();
  }

  @Nested
  class ARunningThread {

    @Test
    void doesNotOvertakeAWaitingSender() throws Exception {
      var channel = FairChannelTest.this.<String>channel(1);
      channel.send("first");
      var waiting = crew.run(() -> channel.send("second")).awaitWaiting();

      assertThat(channel.tryReceive()).isEqualTo("first");

      assertThat(channel.trySend("third")).isFalse(); // the place went to the second one
      waiting.result();
      assertThat(channel.tryReceive()).isEqualTo("second");
    }

    @Test
    void doesNotOvertakeAWaitingReceiver() throws Exception {
      var channel = FairChannelTest.this.<String>channel(1);
      var waiting = crew.start(channel::receive).awaitWaiting();

      channel.send("first");

      assertThat(channel.tryReceive()).isNull();
      assertThat(waiting.result()).isEqualTo("first");
    }
  }
}

package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class OverflowTest {

  private final ArrayList<Integer> undelivered = new ArrayList<>();

  @Test
  void dropsTheOldest() throws Exception {
    var channel = channel(Overflow.DROP_OLDEST);

    for (var i = 1; i <= 4; i++) {
      channel.send(i);
    }

    assertThat(channel.trySend(5)).isTrue();
    assertThat(undelivered).containsExactly(1, 2, 3);
    assertThat(channel.receiveBatch(9)).containsExactly(4, 5);
    assertThat(channel.statistics()).isEqualTo(new ChannelStatistics(5, 2, 3, 0, 0));
  }

  @Test
  void dropsTheNewest() throws Exception {
    var channel = channel(Overflow.DROP_NEWEST);

    for (var i = 1; i <= 4; i++) {
      channel.send(i);
    }

    assertThat(channel.trySend(5)).isFalse();
    assertThat(undelivered).containsExactly(3, 4);
    assertThat(channel.receiveBatch(9)).containsExactly(1, 2);
  }

  @Test
  void keepsTheLatest() throws Exception {
    var channel = channel(Overflow.CONFLATE);

    for (var i = 1; i <= 4; i++) {
      channel.send(i);
    }

    assertThat(channel.capacity()).isEqualTo(1);
    assertThat(undelivered).containsExactly(1, 2, 3);
    assertThat(channel.receive()).isEqualTo(4);
  }

  @Test
  void needsACapacityAndNoFairness() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Channel.builder().rendezvous().overflow(Overflow.CONFLATE).build())
        .withMessage("overflow CONFLATE needs a capacity and a channel that is not fair; use"
            + " SUSPEND, or capacity(n) without fair()");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Channel.builder().fair().overflow(Overflow.DROP_OLDEST).build());
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Channel.builder().unbounded().overflow(Overflow.DROP_NEWEST).build());
  }

  private Channel<Integer> channel(Overflow overflow) {
    return Channel.<Integer>builder()
        .capacity(2)
        .overflow(overflow)
        .onUndelivered(undelivered::add)
        .build();
  }
}

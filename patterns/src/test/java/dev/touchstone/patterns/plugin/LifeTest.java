package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifeTest {

  private final Life life = new Life(new PluginDescriptor(
      "a", Version.parse("1"), Optional.empty(), List.of(), List.of(), VersionRange.any()));

  @Test
  void isIdleWhenItHasEndedAndTheLastUseIsOver() {
    assertThat(life.tryEnter()).isTrue();
    assertThat(life.awaitIdle(Duration.ZERO)).isFalse();
    life.end();
    assertThat(life.awaitIdle(Duration.ZERO)).isFalse();

    life.leave();

    assertThat(life.awaitIdle(Duration.ZERO)).isTrue();
  }

  /** Or uses that overlap could go on for ever. */
  @Test
  void takesNoMoreUsesAfterTheEndAlthoughOneIsUnderWay() {
    assertThat(life.tryEnter()).isTrue();

    life.end();

    assertThat(life.tryEnter()).isFalse();
    assertThat(life.hasEnded()).isTrue();
  }

  @Test
  void callsWhatIsToBeForgottenOnceAlsoIfThatComesLate() {
    var calls = new AtomicInteger();
    life.onForget(calls::incrementAndGet);

    life.forget();
    life.onForget(calls::incrementAndGet);
    life.forget();

    assertThat(calls).hasValue(2);
  }
}

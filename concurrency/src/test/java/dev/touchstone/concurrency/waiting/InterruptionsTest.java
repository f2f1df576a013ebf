package dev.touchstone.concurrency.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InterruptionsTest {

  @Test
  void explainWhatTheyCaused() {
    assertThat(Stream.of(
            new InterruptedException(),
            new ClosedByInterruptException(),
            new CancellationException(),
            new IllegalStateException(new InterruptedException())))
        .allMatch(Interruptions::explain);
  }

  @Test
  void doNotExplainOtherFailures() {
    assertThat(Interruptions.explain(new IllegalStateException(new Error()))).isFalse();
  }

  @Test
  void areSoughtAmongTheFirstSixteenCauses() {
    Throwable failure = new InterruptedException();
    for (int i = 1; i < 16; i++) {
      failure = new Exception(failure);
    }

    assertThat(Interruptions.explain(failure)).isTrue();
    assertThat(Interruptions.explain(new Exception(failure))).isFalse();
  }

  @Test
  void areNotSoughtWithoutEnd() {
    var first = new Exception();
    var second = new Exception(first);
    first.initCause(second);

    assertThat(Interruptions.explain(first)).isFalse();
  }
}

package dev.touchstone.examples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ThroughputTest {

  private static final long START = Long.MAX_VALUE - 5_000_000_000L; // it may wrap around

  private final Throughput throughput = new Throughput(START);

  private static long at(double seconds) {
    return START + (long) (seconds * 1e9);
  }

  @Test
  void countsWholeSecondsThatAreOver() {
    throughput.add(1, at(0));
    throughput.add(2, at(0.999));
    throughput.add(5, at(1));
    throughput.add(7, at(3.5));

    assertThat(throughput.perSecond(at(0.5))).isEmpty();
    assertThat(throughput.perSecond(at(3.9))).containsExactly(3L, 5L, 0L);
    assertThat(throughput.perSecond(at(5))).containsExactly(3L, 5L, 0L, 7L, 0L);
  }

  @Test
  void forgetsWhatIsTwoMinutesAgo() {
    throughput.add(9, at(0));
    throughput.add(1, at(121.5));

    var values = throughput.perSecond(at(122));
    assertThat(values).hasSize(119).endsWith(0L, 1L);
    assertThat(values).doesNotContain(9L);
    assertThat(throughput.perSecond(at(1_000))).hasSize(119).containsOnly(0L);
  }

  @Test
  void averagesHalfAMinute() {
    assertThat(throughput.recent(at(0.5))).isZero();
    for (var second = 0; second < 60; second++) {
      throughput.add(second < 30 ? 100 : 4, at(second));
    }

    assertThat(throughput.recent(at(60))).isCloseTo(4, within(1e-9));
  }
}

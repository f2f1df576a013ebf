package dev.touchstone.examples.scraper.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {

  private final FingerprintSet set = new FingerprintSet();

  @Test
  void holdsWhatASetHoldsWhileItGrows() {
    var random = new Random(1);
    var expected = new HashSet<Long>();
    for (var i = 0; i < 200_000; i++) {
      long number = 1 + random.nextInt(150_000);
      assertThat(set.add(number)).isEqualTo(expected.add(number));
    }

    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(expected).allMatch(set::contains);
  }

  @Test
  void tellsNumbersApartThatShareASlot() {
    for (long high = 1; high <= 100; high++) {
      assertThat(set.add(high << 40)).isTrue();
    }

    assertThat(set.contains(101L << 40)).isFalse();
    assertThat(set.contains(100L << 40)).isTrue();
  }
}

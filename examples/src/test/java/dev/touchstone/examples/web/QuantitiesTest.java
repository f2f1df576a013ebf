package dev.touchstone.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "4200000, 4.2 MB",
    "9223372036854775807, 9.2 EB"
  })
  void sizesHaveTwoOrThreeDigits(long bytes, String text) {
    assertThat(Quantities.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "999, 999 ms",
    "1000, 1.0 s",
    "59949, 60 s",
    "59950, 1 min",
    "3569999, 59 min",
    "3600000, 1 h",
    "3900000, 1 h 5 min",
    "172740000, 47 h 59 min",
    "172800000, 2 d"
  })
  void timesAreInTheirLargestUnits(long millis, String text) {
    assertThat(Quantities.time(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0 %",
    "0, 9, 0 %",
    "1, 1000, < 1 %",
    "1, 3, 33 %",
    "999, 1000, > 99 %",
    "7, 7, 100 %"
  })
  void sharesSayAllAndNothingOnlyWhereThatIsTrue(long part, long whole, String text) {
    assertThat(Quantities.share(part, whole)).isEqualTo(text);
  }
}

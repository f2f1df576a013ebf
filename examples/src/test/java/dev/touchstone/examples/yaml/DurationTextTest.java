package dev.touchstone.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "500ms, PT0.5S",
    "1.5s, PT1.5S",
    "10m, PT10M",
    "24h, PT24H",
    "7d, PT168H",
    "999999999d, PT23999999976H",
  })
  void isReadAsPeopleWriteIt(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "-1s", "1 s", "1S", "PT1S", "1e3s", ".5s", "1.s", "9999999999d"})
  void isNotGuessed(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }
}

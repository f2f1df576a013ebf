package dev.touchstone.apiclient.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.touchstone.apiclient.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-06T08:49:37Z");

  @Nested
  class Seconds {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
      "0, PT0S",
      "120, PT2M",
      "'  7  ', PT7S",
      "1.2, PT2S",
      "0.001, PT1S",
      "3.000, PT3S",
      "007, PT7S",
      "1.00000000000000000000000000000000000000000000000000000000000000000000000000, PT1S",
      "'5, 30, 10', PT30S"
    })
    void areRead(String value, Duration expected) {
      assertThat(read("Retry-After", value)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "999999999999",
          "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
        })
    void areCutOffInsteadOfOverflowing(String value) {
      assertThat(read("Retry-After", value)).contains(Duration.ofDays(36_500));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "-1",
          "+1",
          "0x1p3",
          "1e3",
          "NaN",
          "Infinity",
          "1.",
          ".5",
          "1 2",
          "soon",
          "5,,6",
          ","
        })
    void areIgnoredWhenMalformed(String value) {
      assertThat(read("Retry-After", value)).isEmpty();
    }

    @Test
    void comeFromTheFirstFieldIfThereAreSeveral() {
      var headers = Headers.of("Retry-After", "5", "Retry-After", "9");

      assertThat(RetryAfter.read(headers, NOW)).contains(Duration.ofSeconds(5));
    }
  }

  @Nested
  class Dates {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Fri, 06 Nov 2026 08:50:37 GMT",
          "Friday, 06-Nov-26 08:50:37 GMT",
          "Fri Nov  6 08:50:37 2026"
        })
    void areReadInEachForm(String value) {
      assertThat(read("Retry-After", value)).contains(Duration.ofMinutes(1));
    }

    @Test
    void areComparedWithTheDateOfTheAnswerIfItHasOne() {
      var skewed = Headers.of(
          "Date", "Sat, 06 Nov 2027 10:00:00 GMT", "Retry-After", "Sat, 06 Nov 2027 10:00:30 GMT");

      assertThat(RetryAfter.read(skewed, NOW)).contains(Duration.ofSeconds(30));
    }

    @Test
    void areRoundedUpToWholeSeconds() {
      var headers = Headers.of("Retry-After", "Fri, 06 Nov 2026 08:49:40 GMT");

      assertThat(RetryAfter.read(headers, NOW.plusMillis(1))).contains(Duration.ofSeconds(3));
    }

    @Test
    void inThePastMeanNow() {
      assertThat(read("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")).contains(Duration.ZERO);
    }

    @Test
    void withTwoDigitsMoreThanFiftyYearsAheadAreInThePast() {
      assertThat(read("Retry-After", "Sunday, 06-Nov-94 08:49:37 GMT")).contains(Duration.ZERO);
    }

    @Test
    void withTwoDigitsAreAtMostFiftyYearsAhead() {
      assertThat(HttpDate.parse("Friday, 06-Nov-76 08:49:37 GMT", NOW))
          .contains(Instant.parse("2076-11-06T08:49:37Z"));
      assertThat(HttpDate.parse("Sunday, 06-Nov-77 08:49:37 GMT", NOW))
          .contains(Instant.parse("1977-11-06T08:49:37Z"));
    }

    @Test
    void allowALeapSecond() {
      assertThat(read("Retry-After", "Fri, 06 Nov 2026 08:49:60 GMT"))
          .contains(Duration.ofSeconds(23));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Fri, 31 Feb 2026 08:49:37 GMT",
          "Fri, 06 Nov 2026 25:49:37 GMT",
          "Fri, 06 Nov 2026 08:49:61 GMT",
          "Fri, 06 Nox 2026 08:49:37 GMT",
          "Fri, 06 Nov 2026 08:49:37 CET",
          "2026-11-06T08:49:37Z"
        })
    void areIgnoredWhenMalformed(String value) {
      assertThat(read("Retry-After", value)).isEmpty();
    }
  }

  @Nested
  class Milliseconds {

    @ParameterizedTest
    @ValueSource(strings = {"retry-after-ms", "x-ms-retry-after-ms", "x-amz-retry-after"})
    void arePreferred(String name) {
      var headers = Headers.of("Retry-After", "9", name, "1500");

      assertThat(RetryAfter.read(headers, NOW)).contains(Duration.ofMillis(1_500));
    }

    @Test
    void areRoundedUp() {
      assertThat(read("Retry-After-Ms", "0.2")).contains(Duration.ofMillis(1));
    }

    @Test
    void areIgnoredWhenMalformed() {
      var headers = Headers.of("Retry-After-Ms", "-3", "Retry-After", "9");

      assertThat(RetryAfter.read(headers, NOW)).contains(Duration.ofSeconds(9));
    }
  }

  @Test
  void nothingIsReadWhereNothingIs() {
    assertThat(RetryAfter.read(Headers.of(), NOW)).isEmpty();
  }

  @Test
  void noGarbageMakesItThrow() {
    var random = new Random(7);
    var alphabet = "0123456789.,-+eExX: ;GMTFriNov\"=%";
    for (var round = 0; round < 20_000; round++) {
      var value = new StringBuilder();
      for (var length = random.nextInt(60); length > 0; length--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThatCode(() -> read("Retry-After", value.toString().strip()))
          .as("value %s", value)
          .doesNotThrowAnyException();
    }
  }

  private static Optional<Duration> read(String name, String value) {
    return RetryAfter.read(Headers.of(name, value), NOW);
  }
}

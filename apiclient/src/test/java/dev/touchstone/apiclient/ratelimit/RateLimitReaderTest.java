package dev.touchstone.apiclient.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.touchstone.apiclient.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitReaderTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Nested
  class Ietf {

    private final RateLimitReader reader = RateLimitReader.ietf();

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"default\";r=50;t=30",
          "default;r=50;t=30",
          " \"default\" ; t=30 ; r=50 ",
          "\"default\";pk=:cHsdsRa894==:;r=50;t=30",
          "\"default\";x=\"y\";r=50;t=30",
          "!!!, \"default\";r=50;t=30, \"other\";r=5"
        })
    void readsAnItem(String field) {
      assertThat(read("RateLimit", field))
          .containsExactly(new RateLimit("default", 50, Duration.ofSeconds(30)));
    }

    @Test
    void readsSeveralItemsAndFields() {
      var headers = Headers.of("RateLimit", "a;r=1;t=2, b;r=3;t=4", "RateLimit", "c;r=5;t=6");

      assertThat(reader.read(200, headers, NOW))
          .extracting(RateLimit::policy)
          .containsExactly("a", "b", "c");
    }

    @Test
    void readsTheFieldsOfOlderDrafts() {
      var headers = Headers.of("RateLimit-Remaining", "7", "RateLimit-Reset", "60");

      assertThat(reader.read(200, headers, NOW))
          .containsExactly(new RateLimit("RateLimit-Remaining", 7, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "a",
          "a;r=1",
          "a;r=-1;t=2",
          "a;r=1.5;t=2",
          "a;r=x;t=2",
          "\"a;r=1;t=2",
          "a;r=;t=",
          ";r=1;t=2",
          "a;r=9999999999999999999;t=1"
        })
    void ignoresWhatIsMalformed(String field) {
      assertThat(read("RateLimit", field)).isEmpty();
    }

    @Test
    void neverThrowsAndNeverHangsOnGarbage() {
      var random = new Random(11);
      var alphabet = "ab\";=,r t0123456789:/-.*";
      for (var round = 0; round < 20_000; round++) {
        var value = new StringBuilder();
        for (var length = random.nextInt(200); length > 0; length--) {
          value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        assertThatCode(() -> read("RateLimit", value.toString().strip()))
            .as("value %s", value)
            .doesNotThrowAnyException();
      }
    }

    @Test
    void ofOlderDraftsNeverThrowsOnGarbage() {
      var random = new Random(12);
      var alphabet = "0123456789dhms.:-+TZ ";
      for (var round = 0; round < 20_000; round++) {
        var value = new StringBuilder();
        for (var length = random.nextInt(40); length > 0; length--) {
          value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        var headers = Headers.of(
            "RateLimit-Remaining", "1", "RateLimit-Reset", value.toString().strip());
        assertThatCode(() -> reader.read(200, headers, NOW))
            .as("value %s", value)
            .doesNotThrowAnyException();
      }
    }

    private List<RateLimit> read(String name, String value) {
      return reader.read(200, Headers.of(name, value), NOW);
    }
  }

  @Nested
  class XRateLimit {

    private final RateLimitReader reader = RateLimitReader.xRateLimit();

    @ParameterizedTest(name = "{0} is in {1}")
    @CsvSource({
      "60, PT1M",
      "999999999, PT277777H46M39S",
      "1000000000, PT0S",
      "1767225599, PT0S",
      "1767225630, PT30S",
      "999999999999, PT277286881H46M39S",
      "1000000000000, PT0S",
      "1767225630500, PT30.5S"
    })
    void tellsTheUnitOfTheResetByItsSize(String reset, Duration resetIn) {
      var headers = Headers.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset);

      assertThat(reader.read(200, headers, NOW))
          .containsExactly(new RateLimit("X-RateLimit-Remaining", 0, resetIn));
    }

    @ParameterizedTest(name = "{0} is in {1}")
    @CsvSource({
      "6m0s, PT6M",
      "1s, PT1S",
      "20ms, PT0.02S",
      "1m0.25s, PT1M0.25S",
      "1d2h3m4s5ms, P1DT2H3M4.005S",
      "2026-01-01T00:00:30Z, PT30S",
      "2026-01-01T01:00:30+01:00, PT30S",
      "2025-12-31T23:59:59Z, PT0S"
    })
    void understandsDurationsAndTimesOfTheCalendar(String reset, Duration resetIn) {
      var headers = Headers.of("Left", "2", "Again", reset);

      assertThat(RateLimitReader.fields("Left", "Again").read(200, headers, NOW))
          .containsExactly(new RateLimit("Left", 2, resetIn));
    }

    @Test
    void readsAsManyDigitsAsAnyQuotaHas() {
      var headers =
          Headers.of("X-RateLimit-Remaining", "999999999999999", "X-RateLimit-Reset", "60");

      assertThat(reader.read(200, headers, NOW))
          .containsExactly(
              new RateLimit("X-RateLimit-Remaining", 999_999_999_999_999L, Duration.ofMinutes(1)));
    }

    @Test
    void comparesATimeWithTheDateOfTheAnswer() {
      var headers = Headers.of(
          "X-RateLimit-Remaining", "0",
          "X-RateLimit-Reset", "1767225630",
          "Date", "Thu, 01 Jan 2026 00:00:20 GMT");

      assertThat(reader.read(200, headers, NOW))
          .extracting(RateLimit::resetIn)
          .containsExactly(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
      "x, 1",
      "1, x",
      "-1, 1",
      "1, 1.5",
      "9999999999999999, 1",
      "'', 1",
      "1, s",
      "1, 1m2",
      "1, 2s1m",
      "1, ''",
      "1, 2026-13-01T00:00:00Z"
    })
    void ignoresWhatIsMalformed(String remaining, String reset) {
      var headers = Headers.of("X-RateLimit-Remaining", remaining, "X-RateLimit-Reset", reset);

      assertThat(reader.read(200, headers, NOW)).isEmpty();
    }
  }
}

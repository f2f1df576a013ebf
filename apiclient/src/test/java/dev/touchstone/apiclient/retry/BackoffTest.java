package dev.touchstone.apiclient.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final Duration BASE = Duration.ofMillis(50);
  private static final Duration CAP = Duration.ofSeconds(20);
  private static final RandomGenerator LARGEST = new Largest();

  @Nested
  class FullJitterBackoff {

    private final Backoff backoff = Backoff.fullJitter(BASE, CAP);

    @ParameterizedTest(name = "after attempt {0} it is {1} ms")
    @CsvSource({
      "1, 50",
      "2, 100",
      "3, 200",
      "9, 12800",
      "10, 20000",
      "38, 20000",
      "39, 20000",
      "64, 20000",
      "65, 20000",
      "2147483647, 20000"
    })
    void doublesItsBoundUntilTheCap(int attempt, long millis) {
      assertThat(backoff.next(attempt, Duration.ZERO, LARGEST)).hasMillis(millis);
    }

    @Test
    void drawsFromZeroToTheBound() {
      var random = new Random(42);

      assertThat(IntStream.range(0, 1_000).mapToObj(i -> backoff.next(3, Duration.ZERO, random)))
          .allMatch(wait -> !wait.isNegative() && wait.compareTo(Duration.ofMillis(200)) <= 0)
          .anyMatch(wait -> wait.compareTo(Duration.ofMillis(20)) < 0)
          .anyMatch(wait -> wait.compareTo(Duration.ofMillis(180)) > 0);
    }
  }

  @Nested
  class DecorrelatedBackoff {

    private final Backoff backoff = Backoff.decorrelated(BASE, CAP);

    @ParameterizedTest(name = "after {0} ms it is {1} ms at most")
    @CsvSource({"0, 150", "50, 150", "400, 1200", "7000, 20000", "20000, 20000", "9999999, 20000"})
    void triplesThePreviousWaitUntilTheCap(long previous, long most) {
      assertThat(backoff.next(2, Duration.ofMillis(previous), LARGEST)).hasMillis(most);
    }

    @Test
    void isNeverShorterThanTheBase() {
      var random = new Random(42);

      assertThat(IntStream.range(0, 1_000).mapToObj(i -> backoff.next(1, Duration.ZERO, random)))
          .allMatch(wait -> wait.compareTo(BASE) >= 0);
    }
  }

  @Test
  void countsAttemptsFromOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fullJitter(BASE, CAP).next(0, Duration.ZERO, LARGEST))
        .withMessage("attempt must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.decorrelated(BASE, CAP).next(0, Duration.ZERO, LARGEST))
        .withMessage("attempt must be at least 1, was 0");
  }

  @Test
  void mayHaveABaseThatIsTheCapAndTheLongestCap() {
    var longest = Duration.ofDays(30_000);

    assertThat(Backoff.fullJitter(longest, longest).next(1, Duration.ZERO, LARGEST))
        .isEqualTo(longest);
    assertThat(Backoff.fullJitter(longest, longest).next(3, Duration.ZERO, LARGEST))
        .isEqualTo(longest);
  }

  @Test
  void checksItsBounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fullJitter(Duration.ZERO, CAP))
        .withMessage("base must be positive, was PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.decorrelated(CAP, BASE))
        .withMessage("base must not exceed cap, was PT20S > PT0.05S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.fullJitter(BASE, Duration.ofDays(40_000)))
        .withMessage("cap must be at most PT720000H, was PT960000H");
  }

  /** Draws the largest number it may. */
  private static final class Largest implements RandomGenerator {

    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }

    @Override
    public long nextLong(long origin, long bound) {
      return bound - 1;
    }
  }
}

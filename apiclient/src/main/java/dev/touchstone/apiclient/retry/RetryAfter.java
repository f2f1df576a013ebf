package dev.touchstone.apiclient.retry;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads how long a server asks to wait, from {@code Retry-After} and its relatives in milliseconds.
 *
 * <p>Malformed values are ignored, numbers too large for a {@link Duration} are cut off at 100
 * years; nothing a server can send makes this class throw. Usable on its own.
 *
 * <p><b>Source:</b> RFC 9110 section 10.2.3.
 */
public final class RetryAfter {

  /*
   * What servers send goes beyond the RFC's "date or digits": decimals (rounded up, so as not to be
   * early), several values in one list (the largest is the safe one), and headers in milliseconds,
   * which are preferred for being more exact. A date is compared with the response's own Date
   * field, if there is one: the difference is right even when the two clocks are not.
   */

  private static final String[] MILLIS = {
    "Retry-After-Ms", "x-ms-retry-after-ms", "x-amz-retry-after"
  };
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final BigDecimal LONGEST_MILLIS = BigDecimal.valueOf(LONGEST.toMillis());

  /* Longer numbers are larger than the longest wait anyway, and slow to parse. */
  private static final int MOST_CHARACTERS = 64;

  private RetryAfter() {}

  /**
   * Returns how long the server asks to wait.
   *
   * @param headers the headers of its answer
   * @param receivedAt when the answer came, for dates if it has no {@code Date} of its own
   * @return zero or positive; empty if the server does not say, or not in a form that is understood
   */
  public static Optional<Duration> read(Headers headers, Instant receivedAt) {
    requireNonNull(receivedAt, "receivedAt");
    for (var name : MILLIS) {
      var wait = headers.first(name).flatMap(value -> number(value, 0));
      if (wait.isPresent()) {
        return wait;
      }
    }
    var field = headers.first("Retry-After");
    return field
        .flatMap(RetryAfter::largest)
        .or(() -> field
            .flatMap(value -> HttpDate.parse(value, receivedAt))
            .map(date -> until(date, headers, receivedAt)));
  }

  private static Optional<Duration> largest(String list) {
    var largest = Optional.<Duration>empty();
    for (var item : list.split(",", -1)) {
      var wait = number(item, 3);
      if (wait.isEmpty()) {
        return Optional.empty();
      }
      if (largest.isEmpty() || wait.get().compareTo(largest.get()) > 0) {
        largest = wait;
      }
    }
    return largest;
  }

  /** Parses digits with an optional fraction, in units of 10^scale milliseconds, rounded up. */
  private static Optional<Duration> number(String text, int scale) {
    var digits = text.strip();
    if (!isNumber(digits)) {
      return Optional.empty();
    }
    var point = digits.indexOf('.');
    if ((point < 0 ? digits.length() : point) > MOST_CHARACTERS) {
      return Optional.of(LONGEST);
    }
    var value = new BigDecimal(digits.substring(0, Math.min(digits.length(), 2 * MOST_CHARACTERS)));
    var unit = scale == 0 ? value : value.setScale(0, RoundingMode.CEILING).movePointRight(scale);
    var millis = unit.setScale(0, RoundingMode.CEILING).min(LONGEST_MILLIS);
    return Optional.of(Duration.ofMillis(millis.longValueExact()));
  }

  private static boolean isNumber(String text) {
    var point = text.indexOf('.');
    return point < 0
        ? isDigits(text)
        : isDigits(text.substring(0, point)) && isDigits(text.substring(point + 1));
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Duration until(Instant date, Headers headers, Instant receivedAt) {
    var now = headers
        .first("Date")
        .flatMap(value -> HttpDate.parse(value, receivedAt))
        .orElse(receivedAt);
    var wait = Duration.between(now, date);
    if (!wait.isPositive()) {
      return Duration.ZERO;
    }
    var whole = Duration.ofSeconds(wait.toSeconds());
    return whole.equals(wait) ? wait : whole.plusSeconds(1);
  }
}

package dev.touchstone.apiclient.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads when a quota is reset, for which nobody agreed on a form.
 *
 * <p>Four are in use: a number of seconds, a time since 1970 in seconds or milliseconds, a duration
 * such as {@code 6m0s}, and a time of RFC 3339.
 */
final class ResetField {

  /*
   * A window of 10^9 seconds would last 31 years, so numbers from there on are dates; one of 10^12
   * would be in the year 33658 if it were seconds.
   */
  private static final long LEAST_EPOCH_SECONDS = 1_000_000_000L;
  private static final long LEAST_EPOCH_MILLIS = 1_000_000_000_000L;

  /* As Go prints durations. Each part is there once at most, so that no field makes it slow. */
  private static final Pattern DURATION = Pattern.compile(
      "(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9})(?:\\.(\\d{1,9}))?s)?(?:(\\d{1,9})(?:\\.\\d{1,9})?ms)?");

  private ResetField() {}

  /**
   * Returns the time from now to the reset; empty if the field is not understood.
   *
   * @param now what the clock of the server shows, or else ours
   */
  static Optional<Duration> parse(String field, Instant now) {
    var text = field.strip();
    var digits = Digits.parse(Optional.of(text));
    if (digits.isPresent()) {
      return Optional.of(ofNumber(digits.getAsLong(), now));
    }
    var duration = DURATION.matcher(text);
    if (!text.isEmpty() && duration.matches()) {
      return Optional.of(ofParts(duration));
    }
    try {
      return Optional.of(until(OffsetDateTime.parse(text).toInstant(), now));
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }

  private static Duration ofNumber(long number, Instant now) {
    if (number < LEAST_EPOCH_SECONDS) {
      return Duration.ofSeconds(number);
    }
    return until(
        number < LEAST_EPOCH_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number),
        now);
  }

  private static Duration ofParts(Matcher parts) {
    var fraction = parts.group(5) == null ? "" : parts.group(5);
    return Duration.ofDays(part(parts, 1))
        .plusHours(part(parts, 2))
        .plusMinutes(part(parts, 3))
        .plusSeconds(part(parts, 4))
        .plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)))
        .plusMillis(part(parts, 6));
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }

  private static Duration until(Instant reset, Instant now) {
    var wait = Duration.between(now, reset);
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}

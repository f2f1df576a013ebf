package dev.touchstone.apiclient.ratelimit;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.apiclient.retry.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a quota from two header fields: what remains, and when it is reset. */
record TripleRateLimit(String remainingName, String resetName) implements RateLimitReader {

  /*
   * Nobody agreed on the unit of the reset. A window of 10^9 seconds would last 31 years, so
   * numbers from there on are dates; one of 10^12 would be in the year 33658 if it were seconds.
   */
  private static final long LEAST_EPOCH_SECONDS = 1_000_000_000L;
  private static final long LEAST_EPOCH_MILLIS = 1_000_000_000_000L;

  @Override
  public List<RateLimit> read(int status, Headers headers, Instant receivedAt) {
    var remaining = Digits.parse(headers.first(remainingName));
    var reset = Digits.parse(headers.first(resetName));
    if (remaining.isEmpty() || reset.isEmpty()) {
      return List.of();
    }
    var resetIn = resetIn(reset.getAsLong(), headers, receivedAt);
    return List.of(new RateLimit(remainingName, remaining.getAsLong(), resetIn));
  }

  private static Duration resetIn(long reset, Headers headers, Instant receivedAt) {
    if (reset < LEAST_EPOCH_SECONDS) {
      return Duration.ofSeconds(reset);
    }
    var at =
        reset < LEAST_EPOCH_MILLIS ? Instant.ofEpochSecond(reset) : Instant.ofEpochMilli(reset);
    // The server's own clock, if it shows it: the difference is right even if ours is not.
    var now = headers.first("Date").flatMap(text -> HttpDate.parse(text, receivedAt));
    var wait = Duration.between(now.orElse(receivedAt), at);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Parses digits, and nothing else. */
  static final class Digits {

    private static final int MOST = 15;

    private Digits() {}

    static OptionalLong parse(Optional<String> text) {
      var digits = text.map(String::strip).orElse("");
      if (digits.isEmpty()
          || digits.length() > MOST
          || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(Long.parseLong(digits));
    }
  }
}

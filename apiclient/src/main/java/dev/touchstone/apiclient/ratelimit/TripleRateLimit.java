package dev.touchstone.apiclient.ratelimit;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.apiclient.retry.HttpDate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a quota from two header fields: what remains, and when it is reset. */
record TripleRateLimit(String remainingName, String resetName) implements RateLimitReader {

  @Override
  public List<RateLimit> read(int status, Headers headers, Instant receivedAt) {
    var remaining = Digits.parse(headers.first(remainingName));
    // The server's own clock, if it shows it: the difference is right even if ours is not.
    var date = headers.first("Date").flatMap(text -> HttpDate.parse(text, receivedAt));
    var reset = headers.first(resetName).flatMap(f -> ResetField.parse(f, date.orElse(receivedAt)));
    return remaining.isEmpty() || reset.isEmpty()
        ? List.of()
        : List.of(new RateLimit(remainingName, remaining.getAsLong(), reset.get()));
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

package dev.touchstone.apiclient.ratelimit;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.apiclient.retry.HttpDate;
import java.time.Instant;
import java.util.List;

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
}

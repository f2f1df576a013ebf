package dev.touchstone.apiclient.ratelimit;

import dev.touchstone.apiclient.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the list of items that the current draft defines, and the two fields of older ones. */
record IetfRateLimit() implements RateLimitReader {

  /*
   * Of RFC 9651 only what the draft needs: items are strings or tokens, parameters r and t are
   * integers. A string that holds a comma or a semicolon is taken for malformed, and what is
   * malformed is skipped, as the draft demands. Neither pattern repeats a repetition, so that no
   * field makes it slow.
   */
  private static final Pattern NAME =
      Pattern.compile("\"([^\"\\\\]*)\"|([A-Za-z*][A-Za-z0-9:/!#$%&'*+.^_`|~-]*)");
  private static final Pattern PARAMETER = Pattern.compile("([a-z*][a-z0-9_.*-]*)=([0-9]{1,15})");
  private static final RateLimitReader OLDER =
      new TripleRateLimit("RateLimit-Remaining", "RateLimit-Reset");

  @Override
  public List<RateLimit> read(int status, Headers headers, Instant receivedAt) {
    var limits = new ArrayList<RateLimit>();
    for (var field : headers.all("RateLimit")) {
      for (var item : field.split(",", -1)) {
        parse(item).ifPresent(limits::add);
      }
    }
    return limits.isEmpty() ? OLDER.read(status, headers, receivedAt) : List.copyOf(limits);
  }

  private static Optional<RateLimit> parse(String item) {
    var parts = item.split(";", -1);
    var name = NAME.matcher(parts[0].strip());
    var remaining = parameter(parts, "r");
    var reset = parameter(parts, "t");
    if (!name.matches() || remaining.isEmpty() || reset.isEmpty()) {
      return Optional.empty();
    }
    var policy = name.group(1) == null ? name.group(2) : name.group(1);
    var resetIn = Duration.ofSeconds(reset.getAsLong());
    return Optional.of(new RateLimit(policy, remaining.getAsLong(), resetIn));
  }

  private static OptionalLong parameter(String[] parts, String name) {
    for (var i = 1; i < parts.length; i++) {
      var parameter = PARAMETER.matcher(parts[i].strip());
      if (parameter.matches() && parameter.group(1).equals(name)) {
        return Digits.parse(Optional.of(parameter.group(2)));
      }
    }
    return OptionalLong.empty();
  }
}

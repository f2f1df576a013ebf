package dev.touchstone.examples.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 500ms}, {@code 1.5s}, {@code 10m}, {@code 24h}, {@code 7d}. */
public final class DurationText {

  /** What to say to somebody whose text was not understood. */
  public static final String EXPECTED = "a length of time such as 500ms, 1.5s, 10m, 24h or 7d";

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

  private DurationText() {}

  /** Reads a length of time; {@code 0} needs no unit. Empty if the text is none. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    var match = FORM.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var nanos = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(nanos(match.group(2))));
    return Optional.of(Duration.ofSeconds(
        nanos.divideToIntegralValue(BigDecimal.valueOf(1_000_000_000)).longValue(),
        nanos.remainder(BigDecimal.valueOf(1_000_000_000)).longValue()));
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 86_400_000_000_000L;
    };
  }
}

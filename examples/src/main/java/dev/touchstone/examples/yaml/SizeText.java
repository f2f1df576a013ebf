package dev.touchstone.examples.yaml;

import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 500}, {@code 64kB}, {@code 16MB}; a kB has 1,000. */
final class SizeText {

  /** What to say to somebody whose text was not understood. */
  static final String EXPECTED = "a number of bytes such as 500, 64kB or 16MB";

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(kB|MB|GB)?");

  private SizeText() {}

  /** Reads a number of bytes, at least 1; empty if the text is none. */
  static Optional<Long> parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
      return Optional.empty();
    }
    var unit = match.group(2);
    return Optional.of(Long.parseLong(match.group(1))
        * switch (unit == null ? "" : unit) {
          case "kB" -> 1_000L;
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          default -> 1L;
        });
  }
}

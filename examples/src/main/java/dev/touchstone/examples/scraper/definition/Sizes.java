package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.yaml.YamlNode;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 500}, {@code 64kB}, {@code 16MB}; a kB has 1,000. */
final class Sizes {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(kB|MB|GB)?");

  private Sizes() {}

  static long read(YamlNode node) {
    var match = FORM.matcher(node.text());
    if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
      throw node.expected("a number of bytes such as 500, 64kB or 16MB");
    }
    var unit = match.group(2);
    return Long.parseLong(match.group(1))
        * switch (unit == null ? "" : unit) {
          case "kB" -> 1_000L;
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          default -> 1L;
        };
  }
}

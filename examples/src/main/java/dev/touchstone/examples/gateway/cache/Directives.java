package dev.touchstone.examples.gateway.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code Cache-Control} says.
 *
 * <p><b>Source:</b> RFC 9111, section 5.2.
 *
 * @param values what the directives are set to, by their names in lower case; empty for those that are
 *     just there
 */
record Directives(Map<String, String> values) {

  private static final Pattern DIRECTIVE =
      Pattern.compile("([^\\s,;=\"]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s,;\"]+)))?");
  private static final long LONGEST = 1L << 31; // as section 1.2.2 has it

  static Directives of(List<String> fields) {
    var values = new HashMap<String, String>();
    for (var field : fields) {
      var found = DIRECTIVE.matcher(field);
      while (found.find()) {
        var value = found.group(2) == null ? found.group(3) : found.group(2);
        values.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
      }
    }
    return new Directives(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns a number of seconds; empty if the directive is not there; none if it makes no sense. */
  Optional<Duration> seconds(String name) {
    return Optional.ofNullable(values.get(name)).map(Directives::parse);
  }

  /* What cannot be read counts as stale (section 4.2.1). */
  private static Duration parse(String text) {
    return text.matches("[0-9]{1,10}")
        ? Duration.ofSeconds(Math.min(LONGEST, Long.parseLong(text)))
        : text.matches("[0-9]+") ? Duration.ofSeconds(LONGEST) : Duration.ZERO;
  }
}

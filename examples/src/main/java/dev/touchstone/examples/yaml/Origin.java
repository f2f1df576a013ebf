package dev.touchstone.examples.yaml;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from: a file, and what the references in it stand for.
 *
 * @param file what messages call the file
 * @param references finds the text that a name stands for; null if a dollar sign is just that
 */
record Origin(String file, @Nullable Function<String, Optional<String>> references) {

  private static final String ESCAPED = "$${";
  private static final String OTHERWISE = ":-";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)\\}|\\$\\{");

  /**
   * Returns a text with its references replaced.
   *
   * @param at where it stands
   */
  String resolve(String text, YamlNode at) {
    var known = references;
    return known == null || text.indexOf('$') < 0
        ? text
        : REFERENCE
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(
                found.group().equals(ESCAPED) ? "${" : replacement(found.group(1), known, at)));
  }

  private static String replacement(
      @Nullable String inside, Function<String, Optional<String>> known, YamlNode at) {
    if (inside == null || inside.isBlank()) {
      throw at.failure("expected a reference such as ${NAME}; write $${ for a dollar and a brace");
    }
    var end = inside.indexOf(OTHERWISE);
    var name = end < 0 ? inside : inside.substring(0, end);
    return known
        .apply(name)
        .or(() ->
            end < 0 ? Optional.empty() : Optional.of(inside.substring(end + OTHERWISE.length())))
        .orElseThrow(() ->
            at.failure("there is no %s; set it, or write ${%s:-other}".formatted(name, name)));
  }
}

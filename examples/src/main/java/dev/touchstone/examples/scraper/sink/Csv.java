package dev.touchstone.examples.scraper.sink;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Comma-separated values (RFC 4180). A list or an object in a value is written as JSON. */
public final class Csv {

  private Csv() {}

  /** Returns a line, with its end. */
  public static String line(Collection<? extends @Nullable Object> values) {
    return values.stream().map(Csv::value).collect(joining(",", "", "\r\n"));
  }

  private static String value(@Nullable Object value) {
    var text = text(value);
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Collection<?> list -> JsonMapper.shared().writeValueAsString(list);
      case Map<?, ?> object -> JsonMapper.shared().writeValueAsString(object);
      default -> value.toString();
    };
  }
}

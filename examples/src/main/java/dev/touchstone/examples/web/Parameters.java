package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of an address and the fields of a form, which are written the same way. */
final class Parameters {

  private Parameters() {}

  /** Returns the first value of each name; empty if an escape is broken, such as {@code %2}. */
  static Optional<Map<String, String>> parse(@Nullable String text) {
    try {
      return Optional.of(decode(text == null ? "" : text));
    } catch (IllegalArgumentException e) { // how URLDecoder tells
      return Optional.empty();
    }
  }

  private static Map<String, String> decode(String text) {
    var values = new LinkedHashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      var equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      if (!pair.isEmpty()) {
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        values.putIfAbsent(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return values;
  }
}

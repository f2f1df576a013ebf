package dev.touchstone.examples.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a pattern of paths, and who answers.
 *
 * @param method GET or POST
 * @param segments the segments of the pattern; one in braces stands for any
 * @param endpoint who answers
 */
record Route(String method, List<String> segments, Endpoint endpoint) {

  static Route of(String method, String pattern, Endpoint endpoint) {
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("a path must begin with '/', was '" + pattern + "'");
    }
    return new Route(method, split(pattern), endpoint);
  }

  /** Returns what stands for the names in braces; empty if the path does not fit. */
  Optional<Map<String, String>> match(String path) {
    var actual = split(path);
    if (actual.size() != segments.size()) {
      return Optional.empty();
    }
    var parts = new HashMap<String, String>();
    for (var i = 0; i < segments.size(); i++) {
      var expected = segments.get(i);
      if (expected.startsWith("{")) {
        parts.put(expected.substring(1, expected.length() - 1), actual.get(i));
      } else if (!expected.equals(actual.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }

  private static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }
}

package dev.touchstone.examples.gateway.aggregate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an answer of a backend depends on.
 *
 * @param target the method, the URL of the backend and the template
 * @param values what the references of the template stand for
 * @param fields the fields that are sent on
 */
record CallKey(String target, List<String> values, Map<String, String> fields) {

  /** Returns how much memory it takes, by and large: a stranger may make long ones. */
  long weight() {
    return target.length()
        + Stream.concat(values.stream(), fields.values().stream())
            .mapToLong(String::length)
            .sum();
  }
}

package dev.touchstone.examples.pluginapp.api;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through a recipe: values by the names of its fields, in order. Immutable as far as
 * the values are.
 *
 * @param values texts, numbers, booleans, nulls, and lists and maps of them
 */
public record Row(Map<String, @Nullable Object> values) {

  /** Copies the map. */
  public Row {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns a value as a text; empty if there is none, or null. */
  public Optional<String> text(String field) {
    return Optional.ofNullable(values.get(requireNonNull(field, "field"))).map(Object::toString);
  }

  /** Returns a value as a number; empty if there is none that is one, or reads like one. */
  public Optional<BigDecimal> number(String field) {
    return text(field).flatMap(Row::parse);
  }

  private static Optional<BigDecimal> parse(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns this row with another value of a field, in its place, or at the end if it is new. */
  public Row with(String field, @Nullable Object value) {
    var changed = new LinkedHashMap<String, @Nullable Object>(values);
    changed.put(requireNonNull(field, "field"), value);
    return new Row(changed);
  }

  /** Returns this row without some fields. */
  public Row without(Collection<String> fields) {
    var changed = new LinkedHashMap<String, @Nullable Object>(values);
    changed.keySet().removeAll(fields);
    return new Row(changed);
  }
}

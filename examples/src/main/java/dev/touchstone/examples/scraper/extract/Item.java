package dev.touchstone.examples.scraper.extract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thing that a page describes.
 *
 * @param kind what the definition calls it
 * @param values a value for each field, in the order of the definition: a {@code String} (also for dates,
 *     in ISO 8601, and addresses), a {@code Long}, a {@code BigDecimal}, a {@code List} or a {@code Map} of
 *     such; null where the page has none
 */
public record Item(String kind, Map<String, @Nullable Object> values) {

  /** Copies the values. */
  public Item {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}

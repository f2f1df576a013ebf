package dev.touchstone.examples.clients.prometheus;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A value at a time.
 *
 * @param at the time, to the millisecond
 * @param value the value; may be NaN or infinite
 */
public record Point(Instant at, double value) {

  /**
   * Reads the form of the API: {@code [1767225600.25, "6.5"]}. The value is a text because JSON has
   * no NaN and no infinity.
   *
   * @throws IllegalArgumentException if there are not two elements, or they are not such numbers
   */
  @JsonCreator
  static Point of(List<Object> pair) {
    if (pair.size() != 2) {
      throw new IllegalArgumentException("a point is [time, value], but has " + pair.size());
    }
    var seconds = new BigDecimal(pair.getFirst().toString());
    return new Point(
        Instant.ofEpochMilli(seconds.movePointRight(3).longValue()),
        number(pair.getLast().toString()));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}

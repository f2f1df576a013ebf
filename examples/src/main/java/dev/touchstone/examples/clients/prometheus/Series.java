package dev.touchstone.examples.clients.prometheus;

import java.util.List;
import java.util.Map;

/**
 * A series and some of its values.
 *
 * @param metric the labels, the name of the metric under {@code __name__}
 * @param values the values, in the order of their times
 */
public record Series(Map<String, String> metric, List<Point> values) {

  /** Copies labels and values. */
  public Series {
    metric = Map.copyOf(metric);
    values = List.copyOf(values);
  }
}

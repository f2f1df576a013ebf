package dev.touchstone.examples.clients.prometheus;

import java.util.Map;

/**
 * A series and its value at one time.
 *
 * @param metric the labels, the name of the metric under {@code __name__}
 * @param value the value
 */
public record Sample(Map<String, String> metric, Point value) {

  /** Copies the labels. */
  public Sample {
    metric = Map.copyOf(metric);
  }
}

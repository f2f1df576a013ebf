package dev.touchstone.plugins.report;

import dev.touchstone.examples.pluginapp.api.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sums a field for each value of another, and draws the largest sums as bars. */
final class Chart {

  /**
   * What is summed.
   *
   * @param label the field that tells the bars apart
   * @param value the field whose numbers are summed
   */
  record Fields(String label, String value) {}

  private static final int MOST_BARS = 20;
  private static final int WIDTH = 600;
  private static final int HEIGHT = 24;

  private final Optional<Fields> fields;
  private final Map<String, BigDecimal> sums;

  Chart(Optional<Fields> fields, Map<String, BigDecimal> sums) {
    this.fields = fields;
    this.sums = new LinkedHashMap<>(sums);
  }

  void add(Row row) {
    fields.ifPresent(names -> row.number(names.value())
        .ifPresent(
            number -> sums.merge(row.text(names.label()).orElse(""), number, BigDecimal::add)));
  }

  Map<String, BigDecimal> sums() {
    return sums;
  }

  /** Returns the drawing; nothing if there is nothing to draw. */
  String markup() {
    var most = sums.values().stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
    if (most.signum() <= 0) {
      return "";
    }
    var bars = new StringBuilder();
    var y = 0;
    for (var sum : sums.entrySet().stream()
        .filter(entry -> entry.getValue().signum() > 0)
        .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
        .limit(MOST_BARS)
        .toList()) {
      var width =
          sum.getValue().multiply(BigDecimal.valueOf(WIDTH)).divide(most, 0, RoundingMode.UP);
      bars.append(
          "<text x=\"0\" y=\"%d\">%s</text><rect x=\"200\" y=\"%d\" width=\"%s\" height=\"16\"/>"
              .formatted(y + 14, Markup.escaped(sum.getKey()), y, width));
      bars.append("<text x=\"%s\" y=\"%d\">%s</text>\n"
          .formatted(width.add(BigDecimal.valueOf(206)), y + 14, sum.getValue().toPlainString()));
      y += HEIGHT;
    }
    return "<svg viewBox=\"0 0 900 %d\" role=\"img\" aria-label=\"%s by %s\">\n%s</svg>\n"
        .formatted(
            y,
            Markup.escaped(fields.map(Fields::value).orElse("")),
            Markup.escaped(fields.map(Fields::label).orElse("")),
            bars);
  }
}

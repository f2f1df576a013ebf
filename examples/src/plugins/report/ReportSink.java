package dev.touchstone.plugins.report;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowWriter;
import dev.touchstone.examples.pluginapp.api.Sink;
import dev.touchstone.examples.pluginapp.api.TextOutput;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a page of HTML that stands alone: a table of all rows, and below it a chart of the sums of one
 * field for each value of another. The bookmark has the length of the file, the columns and the sums.
 */
public final class ReportSink implements Sink {

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String about() {
    return "writes a page with a table, and a chart of the sums of a field";
  }

  @Override
  public List<String> options() {
    return List.of("file", "title", "chart");
  }

  @Override
  public void check(Assignment assignment) {
    assignment.file();
    chart(assignment);
  }

  private static Optional<Chart.Fields> chart(Assignment assignment) {
    return assignment.find("chart").map(node -> {
      var fields = node.mapping("label", "value");
      return new Chart.Fields(
          fields.require("label").text(), fields.require("value").text());
    });
  }

  @Override
  public RowWriter open(Assignment assignment) throws IOException {
    var json = new JsonMapper();
    var mark = assignment
        .bookmark()
        .map(text -> json.readValue(text, Mark.class))
        .orElse(new Mark(0, List.of(), Map.of()));
    var file = TextOutput.open(assignment.file(), mark.length());
    var report = new Report(file, new Chart(chart(assignment), mark.sums()), mark.columns(), json);
    if (mark.length() == 0) {
      report.begin(assignment.find("title").map(YamlNode::text).orElse("Report"));
    }
    return report;
  }

  /**
   * Where a report stands.
   *
   * @param length the length of the file
   * @param columns the names of the columns; none before the first row
   * @param sums what the chart shows so far
   */
  record Mark(long length, List<String> columns, Map<String, BigDecimal> sums) {}

  private static final class Report implements RowWriter {

    private final TextOutput file;
    private final Chart chart;
    private final JsonMapper json;
    private List<String> columns;

    Report(TextOutput file, Chart chart, List<String> columns, JsonMapper json) {
      this.file = file;
      this.chart = chart;
      this.columns = columns;
      this.json = json;
    }

    void begin(String title) throws IOException {
      file.append("""
          <!doctype html>
          <html lang="en">
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>%1$s</title>
          <style>
          body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
          table { border-collapse: collapse; width: 100%% }
          th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884 }
          svg { width: 100%%; height: auto; margin-top: 2rem } text { fill: currentColor; font-size: 13px }
          rect { fill: #4a7fb5 }
          </style>
          <h1>%1$s</h1>
          <table>
          """.formatted(Markup.escaped(title)));
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      if (rows.isEmpty()) {
        return;
      }
      var names = columns.isEmpty() ? List.copyOf(rows.getFirst().values().keySet()) : columns;
      var text = new StringBuilder(columns.isEmpty() ? Markup.row("th", names) : "");
      for (var row : rows) {
        text.append(Markup.row(
            "td", names.stream().map(name -> row.text(name).orElse("")).toList()));
      }
      file.append(text.toString());
      columns = names;
      rows.forEach(chart::add);
    }

    @Override
    public String bookmark() {
      return json.writeValueAsString(
          new Mark(file.length(), columns, new LinkedHashMap<>(chart.sums())));
    }

    @Override
    public void finish() throws IOException {
      file.append("</table>\n" + chart.markup() + "</html>\n");
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

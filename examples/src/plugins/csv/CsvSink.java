package dev.touchstone.plugins.csv;

import static java.util.stream.Collectors.joining;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowWriter;
import dev.touchstone.examples.pluginapp.api.Sink;
import dev.touchstone.examples.pluginapp.api.TextOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file whose first line has the names of the fields of the first row. The bookmark is the
 * length of the file, and that line.
 */
public final class CsvSink implements Sink {

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String about() {
    return "writes comma-separated values; the fields of the first row are the columns";
  }

  @Override
  public List<String> options() {
    return List.of("file");
  }

  @Override
  public void check(Assignment assignment) {
    assignment.file();
  }

  @Override
  public RowWriter open(Assignment assignment) throws IOException {
    if (assignment.bookmark().isEmpty()) {
      return new Rows(TextOutput.open(assignment.file(), 0), List.of());
    }
    var columns = new ArrayList<String>();
    try (var header = CsvReader.open(assignment.file(), ',')) {
      header.next().ifPresent(columns::addAll);
    }
    var length = Long.parseLong(assignment.bookmark().get());
    return new Rows(TextOutput.open(assignment.file(), length), length == 0 ? List.of() : columns);
  }

  private static final class Rows implements RowWriter {

    private final TextOutput file;
    private List<String> columns;

    Rows(TextOutput file, List<String> columns) {
      this.file = file;
      this.columns = List.copyOf(columns);
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      if (rows.isEmpty()) {
        return;
      }
      var isFirst = columns.isEmpty();
      var names = isFirst ? List.copyOf(rows.getFirst().values().keySet()) : columns;
      var text = new StringBuilder(isFirst ? line(names.stream()) : "");
      for (var row : rows) {
        for (var field : row.values().keySet()) {
          if (!names.contains(field)) {
            throw new IOException(
                "the field '%s' is not one of the columns %s; keep the same fields in"
                        .formatted(field, names)
                    + " all rows, or write JSON lines");
          }
        }
        text.append(line(names.stream().map(row.values()::get)));
      }
      file.append(text.toString());
      columns = names;
    }

    private static String line(Stream<? extends @Nullable Object> values) {
      return values.map(Rows::value).collect(joining(",", "", "\r\n"));
    }

    private static String value(@Nullable Object value) {
      var text = value == null ? "" : value.toString();
      return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
          ? '"' + text.replace("\"", "\"\"") + '"'
          : text;
    }

    @Override
    public String bookmark() {
      return Long.toString(file.length());
    }

    @Override
    public void finish() {
      // Every line is whole already.
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

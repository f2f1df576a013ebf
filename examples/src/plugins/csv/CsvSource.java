package dev.touchstone.plugins.csv;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowReader;
import dev.touchstone.examples.pluginapp.api.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file whose first record names the fields. The bookmark is the number of records read. */
public final class CsvSource implements Source {

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String about() {
    return "reads comma-separated values; the first line names the fields";
  }

  @Override
  public List<String> options() {
    return List.of("file", "separator");
  }

  @Override
  public void check(Assignment assignment) {
    assignment.file();
    separator(assignment);
  }

  @Override
  public boolean reads(Path file) {
    return file.toString().endsWith(".csv");
  }

  private static char separator(Assignment assignment) {
    return assignment
        .find("separator")
        .map(node -> {
          if (node.text().length() != 1) {
            throw node.expected("one character");
          }
          return node.text().charAt(0);
        })
        .orElse(',');
  }

  @Override
  public RowReader open(Assignment assignment) throws IOException {
    var file = assignment.file();
    var records = CsvReader.open(file, separator(assignment));
    try {
      var names = records
          .next()
          .orElseThrow(
              () -> new IOException(file + " is empty; its first line must name the fields"));
      refuseTwins(file, names);
      var reader = new Rows(file, records, names);
      reader.skip(assignment.bookmark().map(Long::parseLong).orElse(0L));
      return reader;
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  /* One of them would be lost. */
  private static void refuseTwins(Path file, List<String> names) throws IOException {
    var seen = new HashSet<String>();
    for (var name : names) {
      if (!seen.add(name)) {
        throw new IOException(
            "%s: its first line names '%s' twice; give each field a name of its own"
                .formatted(file, name));
      }
    }
  }

  private static final class Rows implements RowReader {

    private final Path file;
    private final CsvReader records;
    private final List<String> names;
    private long read;

    Rows(Path file, CsvReader records, List<String> names) {
      this.file = file;
      this.records = records;
      this.names = names;
    }

    void skip(long count) throws IOException {
      while (read < count && records.next().isPresent()) {
        read++;
      }
    }

    @Override
    public List<Row> read(int max) throws IOException {
      var rows = new ArrayList<Row>();
      while (rows.size() < max) {
        var line = records.line();
        var values = records.next();
        if (values.isEmpty()) {
          break;
        }
        rows.add(row(values.get(), line));
        read++;
      }
      return rows;
    }

    private Row row(List<String> values, long line) throws IOException {
      if (values.size() != names.size()) {
        throw new IOException("%s:%d: expected %d values as in the first line, found %d"
            .formatted(file, line, names.size(), values.size()));
      }
      var row = new LinkedHashMap<String, @Nullable Object>();
      for (var i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i));
      }
      return new Row(row);
    }

    @Override
    public String bookmark() {
      return Long.toString(read);
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}

package dev.touchstone.plugins.jsonl;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowWriter;
import dev.touchstone.examples.pluginapp.api.Sink;
import dev.touchstone.examples.pluginapp.api.TextOutput;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Writes each row as a line with an object of JSON. The bookmark is the length of the file. */
public final class JsonLinesSink implements Sink {

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public String about() {
    return "writes each row as a line of JSON";
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
    var length = assignment.bookmark().map(Long::parseLong).orElse(0L);
    return new Lines(TextOutput.open(assignment.file(), length));
  }

  private static final class Lines implements RowWriter {

    private final JsonMapper json = new JsonMapper();
    private final TextOutput file;

    Lines(TextOutput file) {
      this.file = file;
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      var text = new StringBuilder();
      for (var row : rows) {
        text.append(json.writeValueAsString(row.values())).append('\n');
      }
      file.append(text.toString());
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

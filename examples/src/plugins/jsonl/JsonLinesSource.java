package dev.touchstone.plugins.jsonl;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowReader;
import dev.touchstone.examples.pluginapp.api.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads an object of JSON from each line. The bookmark is the number of lines read. */
public final class JsonLinesSource implements Source {

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public String about() {
    return "reads an object of JSON from each line";
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
  public boolean reads(Path file) {
    return file.toString().endsWith(".jsonl") || file.toString().endsWith(".ndjson");
  }

  @Override
  public RowReader open(Assignment assignment) throws IOException {
    var file = assignment.file();
    var lines = new Lines(file, Files.newBufferedReader(file));
    try {
      lines.skip(assignment.bookmark().map(Long::parseLong).orElse(0L));
      return lines;
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  private static final class Lines implements RowReader {

    private final JsonMapper json = new JsonMapper(); // its caches must go with the plugin
    private final TypeReference<LinkedHashMap<String, @Nullable Object>> object =
        new TypeReference<>() {};
    private final Path file;
    private final BufferedReader in;
    private long read;

    Lines(Path file, BufferedReader in) {
      this.file = file;
      this.in = in;
    }

    void skip(long count) throws IOException {
      while (read < count && in.readLine() != null) {
        read++;
      }
    }

    @Override
    public List<Row> read(int max) throws IOException {
      var rows = new ArrayList<Row>();
      while (rows.size() < max) {
        var line = in.readLine();
        if (line == null) {
          break;
        }
        read++;
        if (!line.isBlank()) {
          rows.add(row(line));
        }
      }
      return rows;
    }

    private Row row(String line) throws IOException {
      try {
        return new Row(json.readValue(line, object));
      } catch (JacksonException e) {
        throw new IOException(
            "%s:%d: expected an object of JSON, found something else: %s"
                .formatted(file, read, e.getOriginalMessage()),
            e);
      }
    }

    @Override
    public String bookmark() {
      return Long.toString(read);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

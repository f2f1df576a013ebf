package dev.touchstone.examples.pluginapp;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Bench;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.Source;
import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.pluginapp.recipe.Readers;
import dev.touchstone.examples.yaml.YamlFile;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What commands of plugins have of a workbench. */
final class WorkbenchBench implements Bench {

  private final Workbench workbench;
  private final Consumer<String> out;

  WorkbenchBench(Workbench workbench, Consumer<String> out) {
    this.workbench = workbench;
    this.out = out;
  }

  @Override
  public void print(String line) {
    out.accept(line);
  }

  @Override
  public List<Row> rows(Path file, int max) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    var sources = workbench.toolbox().sources();
    var source = Readers.of(sources)
        .select(file)
        .orElseThrow(() -> new IOException(
            "no source reads " + file + "; there are " + String.join(", ", sources.names())));
    try {
      return source.use(reader -> first(reader, file, max));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<Row> first(Source source, Path file, int max) {
    var options = YamlFile.parse("file", YamlNode.quoted(file.toAbsolutePath().toString()));
    var assignment = new Assignment(options, Path.of(""), Optional.empty());
    var rows = new ArrayList<Row>();
    try (var reader = source.open(assignment)) {
      while (rows.size() < max) {
        var more = reader.read(max - rows.size());
        if (more.isEmpty()) {
          break;
        }
        rows.addAll(more);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public void tell(WorkbenchEvent.Said event) {
    workbench.events().post(event);
  }
}

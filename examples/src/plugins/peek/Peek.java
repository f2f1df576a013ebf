package dev.touchstone.plugins.peek;

import dev.touchstone.examples.pluginapp.api.Bench;
import dev.touchstone.examples.pluginapp.api.Command;
import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Prints the first rows of a file, whatever source reads it. */
public final class Peek implements Command {

  private static final int ROWS = 5;

  @Override
  public String name() {
    return "peek";
  }

  @Override
  public String about() {
    return "prints the first rows of FILE";
  }

  @Override
  public void run(Bench bench, List<String> arguments) throws IOException {
    if (arguments.size() != 1) {
      throw new IllegalArgumentException("peek takes one FILE, was given " + arguments);
    }
    var rows = bench.rows(Path.of(arguments.getFirst()), ROWS);
    rows.forEach(row -> bench.print(row.values().toString()));
    bench.tell(new WorkbenchEvent.Said("peek", "looked at " + arguments.getFirst()));
  }
}

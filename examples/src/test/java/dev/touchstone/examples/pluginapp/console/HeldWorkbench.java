package dev.touchstone.examples.pluginapp.console;

import dev.touchstone.examples.pluginapp.PluginHome;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A workbench with a console, whose runs wait in their second batch until they are let go. */
final class HeldWorkbench implements AutoCloseable {

  private final CountDownLatch held = new CountDownLatch(1);
  private final Path folder;
  private final Workbench workbench;
  private final Console console;

  private HeldWorkbench(Path folder, Workbench workbench, Console console) {
    this.folder = folder;
    this.workbench = workbench;
    this.console = console;
  }

  static HeldWorkbench open(Path folder) throws IOException {
    var recipes = Files.createDirectory(folder.resolve("recipes"));
    Files.writeString(
        recipes.resolve("numbers.csv"),
        IntStream.range(0, 40)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\n", "number\n", "\n")));
    Files.writeString(recipes.resolve("even.yaml"), """
        recipe: numbers <b>that</b> count
        batch: 10
        source: numbers.csv
        transforms: [{filter: {field: number, above: 9}}]
        sink: {jsonl: out.jsonl}
        """);
    Files.writeString(recipes.resolve("odd.yaml"), "source: numbers.csv\nsink: {jsnol: out}\n");
    var workbench = Workbench.open(PluginHome.at(folder.resolve("home")));
    workbench.load();
    var held = new HeldWorkbench(folder, workbench, Console.open(workbench, recipes, 0));
    workbench.events().on(WorkbenchEvent.BatchDone.class, batch -> {
      if (batch.batch() == 2) {
        held.held.await();
      }
    });
    return held;
  }

  Console console() {
    return console;
  }

  Workbench workbench() {
    return workbench;
  }

  /** Writes another version of the plugin with the filter, which lets everything through. */
  Path otherRefine() {
    var jar = PluginJar.of("refine", "1.1.0")
        .source("other.Filter", """
            package other;
            import dev.touchstone.examples.pluginapp.api.*;
            import java.util.List;
            public class Filter implements Transform {
              public String name() { return "filter"; }
              public String about() { return "lets everything through"; }
              public List<String> options() { return List.of("field", "above"); }
              public RowStep open(Assignment assignment) { return row -> List.of(row); }
            }
            """)
        .extension("dev.touchstone.examples.pluginapp.api.Transform", "other.Filter")
        .writeTo(folder.resolve("refine-1.1.0.jar"));
    workbench.home().trust(jar);
    return jar;
  }

  void letGo() {
    held.countDown();
  }

  @Override
  public void close() {
    letGo();
    try (workbench) {
      console.close();
    }
  }
}

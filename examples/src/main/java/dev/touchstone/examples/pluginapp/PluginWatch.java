package dev.touchstone.examples.pluginapp;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.patterns.plugin.PluginState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches a folder, and loads or replaces the plugins whose jars come or change in it: for those who
 * write one and build it again and again. A jar is taken when it was the same at two looks.
 *
 * <p>Whoever can write into the folder runs code as the user: what lies in it is trusted.
 */
public final class PluginWatch {

  /** How a file looked. */
  private record Look(FileTime modified, long size) {}

  private final Workbench workbench;
  private final Path folder;
  private final TimeSource time;
  private final Duration period;
  private final Consumer<String> report;
  private final Map<Path, Look> seen = new HashMap<>();
  private final Map<Path, Look> taken = new HashMap<>();

  /**
   * Creates a watch.
   *
   * @param period between two looks
   * @param report is told in a line what became of each jar
   */
  public PluginWatch(
      Workbench workbench, Path folder, TimeSource time, Duration period, Consumer<String> report) {
    this.workbench = workbench;
    this.folder = folder;
    this.time = time;
    this.period = period;
    this.report = report;
  }

  /**
   * Watches until it is interrupted.
   *
   * @throws WorkbenchException if there is no such folder at first, or it cannot be listed
   */
  public void run() throws InterruptedException {
    if (!Files.isDirectory(folder)) {
      throw new WorkbenchException("cannot watch " + folder + ": it is no folder");
    }
    while (true) {
      look();
      time.sleep(period);
    }
  }

  /** Looks once. */
  void look() {
    for (var jar : jars()) {
      var look = look(jar);
      if (look != null && look.equals(seen.put(jar, look)) && !look.equals(taken.put(jar, look))) {
        takeOrWait(jar);
      }
    }
  }

  private void takeOrWait(Path jar) {
    try {
      take(jar);
    } catch (UncheckedIOException gone) { // since it was looked at; another may come
      taken.remove(jar);
      report.accept(String.valueOf(gone.getMessage()));
    }
  }

  private List<Path> jars() {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (NoSuchFileException cleaned) { // as by 'mvn clean'; the next build makes it again
      return List.of();
    } catch (IOException e) {
      throw new WorkbenchException("cannot watch " + folder + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Look look(Path jar) {
    try {
      return new Look(Files.getLastModifiedTime(jar), Files.size(jar));
    } catch (IOException e) {
      return null; // gone since it was listed
    }
  }

  private void take(Path jar) {
    workbench.trust().allow(jar);
    var isActive = JarFacts.id(jar)
        .flatMap(workbench.host()::state)
        .filter(PluginState.Active.class::isInstance)
        .isPresent();
    if (isActive) {
      report.accept(
          Problems.describe(workbench.host().replace(JarFacts.id(jar).orElseThrow(), jar)));
    } else {
      workbench
          .host()
          .load(List.of(jar))
          .entries()
          .forEach(entry -> report.accept(Problems.describe(entry)));
    }
  }
}

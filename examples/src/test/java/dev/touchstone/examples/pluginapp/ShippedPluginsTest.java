package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.patterns.plugin.PluginDescriptor;
import dev.touchstone.patterns.testing.PluginAssertions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedPluginsTest {

  @TempDir
  private Path folder;

  @Test
  void allStart() {
    try (var workbench = Workbench.open(PluginHome.at(folder))) {
      var report = workbench.load();

      assertThat(report.problems()).isEmpty();
      assertThat(report.active())
          .extracting(PluginDescriptor::id)
          .containsExactlyInAnyOrder(
              "crawl",
              "csv",
              "gate",
              "http",
              "join",
              "jsonl",
              "markdown",
              "opengraph",
              "paper",
              "peek",
              "refine",
              "report",
              "sqlite");
    }
  }

  @Test
  void leaveNothingInMemory() {
    try (var workbench = Workbench.open(PluginHome.at(folder))) {
      workbench.load();
      for (var id : List.of("join", "csv", "sqlite", "report")) {
        PluginAssertions.assertReclaimed(workbench.stop(id));
      }
    }
  }

  /** The jars are data to the application; only the loader of the host finds classes in them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.touchstone.plugins.csv.CsvSource",
        "dev.touchstone.plugins.refine.Filter",
        "dev.touchstone.plugins.http.HttpSource"
      })
  void areNotOnTheClassPath(String name) {
    assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> Workbench.class.getClassLoader().loadClass(name))
        .isInstanceOf(ClassNotFoundException.class);
  }
}

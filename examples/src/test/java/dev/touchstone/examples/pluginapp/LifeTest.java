package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.pluginapp.recipe.RunState;
import dev.touchstone.patterns.plugin.PluginDescriptor;
import dev.touchstone.patterns.testing.PluginAssertions;
import dev.touchstone.patterns.testing.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeTest {

  @TempDir
  private Path folder;

  private Workbench open() {
    var workbench = Workbench.open(PluginHome.at(folder.resolve("home")));
    workbench.load();
    return workbench;
  }

  private static List<String> active(Workbench workbench) {
    return workbench.contributions().stream()
        .map(Contribution::plugin)
        .map(PluginDescriptor::toString)
        .distinct()
        .toList();
  }

  @Test
  void outlivesTheProcess() {
    var jar = TestRecipes.stamp("1.0.0").writeTo(folder.resolve("stamp.jar"));
    try (var workbench = open()) {
      workbench.home().trust(jar);
      assertThat(workbench.install(jar).problems()).isEmpty();
      workbench.stop("csv"); // and with it join
    }
    try (var workbench = open()) {
      assertThat(active(workbench))
          .contains("stamp 1.0.0")
          .doesNotContain("csv 1.0.0", "join 1.0.0");

      assertThat(workbench.start("csv").active())
          .extracting(PluginDescriptor::id)
          .containsExactly("csv", "join");
      PluginAssertions.assertReclaimed(workbench.unload("stamp"));
    }
    try (var workbench = open()) {
      assertThat(active(workbench)).contains("csv 1.0.0").doesNotContain("stamp 1.0.0");
    }
  }

  @Test
  void letsAJarOfTheUserTakeThePlaceOfOneThatIsShipped() {
    var jar =
        TestRecipes.stamp("0.9.0").property("id", "refine").writeTo(folder.resolve("refine.jar"));
    try (var workbench = open()) {
      workbench.home().trust(jar);
      workbench.replace(jar);
    }
    try (var workbench = open()) {
      assertThat(active(workbench)).contains("refine 0.9.0").doesNotContain("refine 1.0.0");
    }
  }

  @Test
  void endsARunWhosePluginIsStopped() {
    TestRecipes.write(folder.resolve("in.csv"), "a\n1\n2\n3\n");
    try (var workbench = open()) {
      var run = TestRecipes.prepare(workbench, folder, """
          batch: 1
          source: {csv: in.csv}
          transforms: [{filter: {field: a, above: 0}}]
          sink: {jsonl: out.jsonl}
          """);
      var stopping = new ArrayList<Thread>();
      workbench.events().on(WorkbenchEvent.BatchDone.class, batch -> {
        if (batch.batch() == 1) {
          stopping.add(Thread.ofVirtual().start(() -> workbench.stop("refine")));
          Awaitility.await()
              .until(() -> !workbench.toolbox().transforms().names().contains("filter"));
        }
      });

      assertThat(run.run()).isEqualTo(RunState.FAILED);
      assertThat(run.detail()).contains("'filter' is not known here");
    }
  }

  @Test
  void forgetsNoRunThatHasNotEnded() {
    try (var workbench = open()) {
      var recipe = "source: in.csv\nsink: {jsonl: out.jsonl}\n";
      var first = TestRecipes.prepare(workbench, folder, recipe);
      for (int i = 0; i < 100; i++) {
        TestRecipes.prepare(workbench, folder, recipe).cancel();
      }
      assertThat(workbench.runs().find(first.number())).contains(first);

      first.cancel();
      first.run();
      TestRecipes.prepare(workbench, folder, recipe);

      assertThat(workbench.runs().find(first.number())).isEmpty();
    }
  }

  @Test
  void saysWhatCannotBe() {
    try (var workbench = open()) {
      assertThatThrownBy(() -> workbench.stop("nobody"))
          .isInstanceOf(WorkbenchException.class)
          .hasMessageStartingWith("no plugin nobody is active; active are crawl, csv, ");
      assertThatThrownBy(() -> workbench.start("csv"))
          .hasMessage("the plugin csv is not stopped; stopped are none");
      assertThatThrownBy(() -> workbench.install(folder.resolve("no.jar")))
          .hasMessage("there is no file " + folder.resolve("no.jar"));
      var odd = PluginJar.withoutDescriptor().resource("a", "b").writeTo(folder.resolve("odd.jar"));
      assertThatThrownBy(() -> workbench.replace(odd)).hasMessageContaining("is no plugin");
      var watch = new PluginWatch(
          workbench,
          folder.resolve("none"),
          TimeSource.system(),
          Duration.ofSeconds(1),
          line -> {});
      assertThatThrownBy(watch::run)
          .isInstanceOf(WorkbenchException.class)
          .hasMessage("cannot watch " + folder.resolve("none") + ": it is no folder");
    }
  }

  @Test
  void tellsPluginsWhatHappens() {
    var jar = PluginJar.of("ear", "1.0.0")
        .source("ear.Ear", """
            package ear;
            import dev.touchstone.examples.pluginapp.api.*;
            public class Ear implements RunWatcher {
              public void heard(WorkbenchEvent event) {
                System.setProperty("ear.heard", System.getProperty("ear.heard", "") + event);
                throw new IllegalStateException("must not end the run");
              }
            }
            """)
        .extension("dev.touchstone.examples.pluginapp.api.RunWatcher", "ear.Ear")
        .writeTo(folder.resolve("ear.jar"));
    TestRecipes.write(folder.resolve("in.csv"), "a\n1\n");
    System.clearProperty("ear.heard");
    try (var workbench = open()) {
      workbench.home().trust(jar);
      assertThat(workbench.install(jar).problems()).isEmpty();

      assertThat(
              TestRecipes.prepare(workbench, folder, "source: in.csv\nsink: {jsonl: out.jsonl}\n")
                  .run())
          .isEqualTo(RunState.FINISHED);

      assertThat(System.getProperty("ear.heard"))
          .contains("RunStarted[run=1, recipe=test.yaml]")
          .contains("BatchDone[run=1, batch=1, read=1")
          .contains("RunEnded[run=1, outcome=finished, detail=]");
    }
  }

  @Test
  void runsVerbsOfPlugins() {
    TestRecipes.write(folder.resolve("in.csv"), "a,b\n1,2\n");
    var lines = new ArrayList<String>();
    try (var workbench = open()) {
      assertThat(workbench.runCommand(
              "peek", List.of(folder.resolve("in.csv").toString()), lines::add))
          .isTrue();
      assertThat(workbench.runCommand("poke", List.of(), lines::add)).isFalse();
      assertThatThrownBy(() -> workbench.runCommand("peek", List.of(), lines::add))
          .isInstanceOf(WorkbenchException.class)
          .hasMessage("peek takes one FILE, was given []");
    }
    assertThat(lines).containsExactly("{a=1, b=2}");
  }

  @Test
  void followsAFolderInWhichAPluginIsBuiltAgainAndAgain() throws Exception {
    var target = Files.createDirectory(folder.resolve("target"));
    var lines = new ArrayList<String>();
    try (var workbench = open()) {
      var watch = new PluginWatch(
          workbench, target, TimeSource.system(), Duration.ofSeconds(1), lines::add);
      watch.look();
      TestRecipes.stamp("1.0.0").writeTo(target.resolve("stamp.jar"));
      watch.look(); // may be half of it
      assertThat(lines).isEmpty();
      watch.look();
      assertThat(lines).containsExactly("stamp 1.0.0 active");

      TestRecipes.stamp("1.0.1-next").writeTo(target.resolve("stamp.jar"));
      watch.look();
      watch.look();
      watch.look();

      assertThat(lines).hasSize(2);
      assertThat(lines.get(1)).startsWith("stamp 1.0.1-next started; stamp 1.0.0 was unloaded; ");

      Files.delete(target.resolve("stamp.jar"));
      Files.delete(target); // as 'mvn clean' does
      watch.look();
      Files.createDirectory(target);
      TestRecipes.stamp("1.0.2").writeTo(target.resolve("stamp.jar"));
      watch.look();
      watch.look();

      assertThat(lines).hasSize(3);
      assertThat(lines.get(2)).startsWith("stamp 1.0.2 started; ");
    }
  }
}

package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.pluginapp.recipe.RecipeRun;
import dev.touchstone.examples.pluginapp.recipe.RunState;
import dev.touchstone.examples.pluginapp.recipe.Shift;
import dev.touchstone.patterns.plugin.PluginState;
import dev.touchstone.patterns.plugin.ReplaceReport;
import dev.touchstone.patterns.testing.PluginAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {

  private static final int BATCH = 2;
  private static final int BATCHES = 4;

  @TempDir
  private Path folder;

  private Path oldJar;
  private Path newJar;

  @BeforeEach
  void write() {
    oldJar = TestRecipes.stamp("1.0.0").writeTo(folder.resolve("stamp-1.jar"));
    newJar = TestRecipes.stamp("2.0.0").writeTo(folder.resolve("stamp-2.jar"));
    TestRecipes.write(
        folder.resolve("in.csv"),
        IntStream.range(0, BATCH * BATCHES)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\n", "number\n", "\n")));
  }

  @Test
  @Timeout(120)
  void noneOfAThousandRunsFails() throws Exception {
    replaceUnder(1_000);
  }

  /** Each run is held in its first batch until the new version is in its place. */
  private void replaceUnder(int count) throws Exception {
    try (var workbench = Workbench.open(PluginHome.at(folder.resolve("home")));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      workbench.load();
      workbench.trust().allow(oldJar);
      workbench.trust().allow(newJar);
      assertThat(workbench.install(oldJar).problems()).isEmpty();
      var inTheMiddle = new CountDownLatch(count);
      var switched = new CountDownLatch(1);
      workbench.events().on(WorkbenchEvent.BatchDone.class, batch -> {
        if (batch.batch() == 1) {
          inTheMiddle.countDown();
          switched.await();
        }
      });
      workbench.host().states().subscribe(status -> {
        if (status.plugin().toString().equals("stamp 2.0.0")
            && status.state() instanceof PluginState.Active) {
          switched.countDown();
        }
      });
      var runs =
          IntStream.range(0, count).mapToObj(number -> run(workbench, number)).toList();
      var ends = new ArrayList<Future<RunState>>();
      runs.forEach(run -> ends.add(threads.submit(run::run)));
      inTheMiddle.await();

      var report = workbench.replace(newJar);

      for (var end : ends) {
        assertThat(end.get()).isEqualTo(RunState.FINISHED);
      }
      assertThat(report)
          .isInstanceOfSatisfying(
              ReplaceReport.Replaced.class,
              replaced -> PluginAssertions.assertReclaimed(replaced.unloaded()));
      assertThat(runs).allSatisfy(ReplacementTest::worksOnBothVersions);
      for (var number = 0; number < count; number++) {
        assertThat(lines(number)).isEqualTo(expected());
      }
    }
  }

  private RecipeRun run(Workbench workbench, int number) {
    return TestRecipes.prepare(workbench, folder, """
        batch: %d
        source: {csv: in.csv}
        transforms: [{stamp: {field: by}}]
        sink: {jsonl: out-%d.jsonl}
        """.formatted(BATCH, number));
  }

  private static void worksOnBothVersions(RecipeRun run) {
    assertThat(run.log())
        .containsExactly(
            new Shift(List.of("csv 1.0.0", "stamp 1.0.0", "jsonl 1.0.0"), 1),
            new Shift(List.of("csv 1.0.0", "stamp 2.0.0", "jsonl 1.0.0"), BATCHES - 1));
  }

  private List<String> lines(int number) throws IOException {
    return Files.readAllLines(folder.resolve("out-" + number + ".jsonl"));
  }

  /** Nothing is lost, repeated or out of order, and the batch under way is the old version's. */
  private static List<String> expected() {
    return IntStream.range(0, BATCH * BATCHES)
        .mapToObj(number -> "{\"number\":\"%d\",\"by\":\"%s\"}"
            .formatted(number, number < BATCH ? "1.0.0" : "2.0.0"))
        .toList();
  }
}

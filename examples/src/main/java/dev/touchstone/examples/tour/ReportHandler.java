package dev.touchstone.examples.tour;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RunState;
import dev.touchstone.examples.taskqueue.JobContext;
import dev.touchstone.examples.taskqueue.JobHandler;
import dev.touchstone.examples.taskqueue.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** Waits for the last answer, and has plugins make a page of all of them. */
final class ReportHandler implements JobHandler<WriteReport> {

  private static final Duration A_MOMENT = Duration.ofMillis(50);

  private static final String RECIPE = """
      # Made by 'touchstone tour'. Run it again with: touchstone plugins run minerals.yaml
      recipe: minerals
      source: assays.jsonl
      sink: {report: {file: minerals.html, title: The Mineral Cabinet, chart: {label: group, value: density}}}
      """;

  private final TourFolder folder;
  private final Answers answers;
  private final Workbench workbench;

  /**
   * @param workbench is loaded
   */
  ReportHandler(TourFolder folder, Answers answers, Workbench workbench) {
    this.folder = folder;
    this.answers = answers;
    this.workbench = workbench;
  }

  @Override
  public Outcome handle(WriteReport job, JobContext context) throws IOException {
    if (!job.minerals().stream().allMatch(answers::has)) {
      return Outcome.snooze(A_MOMENT);
    }
    answers.writeLines(answers.of(job.minerals()));
    Files.writeString(folder.recipe(), RECIPE);
    var run = workbench.runs().prepare(Recipe.read(folder.recipe()));
    if (run.run() != RunState.FINISHED) {
      throw new IllegalStateException("the recipe failed: " + run.detail());
    }
    return Outcome.done();
  }
}

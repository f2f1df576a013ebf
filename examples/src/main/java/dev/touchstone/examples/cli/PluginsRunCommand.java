package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RecipeChecks;
import dev.touchstone.examples.pluginapp.recipe.RecipeRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Runs a recipe. */
@Command(
    name = "run",
    description = {
      "Runs the recipe in a YAML file, such as",
      "  source: minerals.csv",
      "  transforms: [{filter: {field: price, above: 100}}]",
      "  sink: {report: minerals.html}",
      "docs/plugins.md explains every part."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PluginsRunCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "RECIPE", description = "The file with the recipe.")
  private Path file;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var recipe = YamlFile.use(file, Recipe::read);
    return workbench.use(opened -> {
      PluginReports.warn(opened.load(), spec.commandLine().getErr());
      new RecipeChecks(opened.toolbox()).objection(recipe).ifPresent(objection -> {
        throw new CommandFailedException(objection);
      });
      return run(opened, recipe);
    });
  }

  private int run(Workbench opened, Recipe recipe) {
    var run = opened.runs().prepare(recipe);
    try (var progress = ProgressLine.onStandardError(spec.commandLine().getErr())) {
      opened
          .events()
          .on(
              WorkbenchEvent.BatchDone.class,
              batch -> progress.show(() -> "%,d rows read, %,d written"
                  .formatted(run.progress().read(), run.progress().written())));
      run.run();
    }
    return switch (run.state()) {
      case FINISHED -> {
        print(run);
        yield ExitStatus.OK;
      }
      case CANCELLED -> ExitStatus.INTERRUPTED;
      default -> throw new CommandFailedException(run.detail());
    };
  }

  private void print(RecipeRun run) {
    var out = spec.commandLine().getOut();
    var progress = run.progress();
    if (json) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("recipe", run.recipe().name());
      figures.put("read", progress.read());
      figures.put("written", progress.written());
      figures.put("batches", progress.batches());
      figures.put("retries", progress.retries());
      figures.put("shifts", run.log());
      out.println(JsonMapper.shared().writeValueAsString(figures));
    } else {
      out.printf(
          "%s: %,d rows read, %,d written%n",
          run.recipe().name(), progress.read(), progress.written());
      run.log().forEach(shift -> out.printf("by %s%n", String.join(", ", shift.plugins())));
    }
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RecipeChecks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a recipe. */
@Command(
    name = "check",
    description = "Says what is wrong with a recipe, without running it.",
    mixinStandardHelpOptions = true)
final class PluginsCheckCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "RECIPE", description = "The file with the recipe.")
  private Path file;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var recipe = YamlFile.use(file, Recipe::read);
    return workbench.use(opened -> {
      PluginReports.warn(opened.load(), spec.commandLine().getErr());
      var objection = new RecipeChecks(opened.toolbox()).objection(recipe);
      if (objection.isPresent()) {
        throw new CommandFailedException(objection.get());
      }
      spec.commandLine().getOut().println(file + " can be run");
      return ExitStatus.OK;
    });
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.recipe.Readers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains which source reads a file. */
@Command(
    name = "explain",
    description = "Says which source reads a file, and what each of them says to it.",
    mixinStandardHelpOptions = true)
final class PluginsExplainCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailedException("there is no file " + file);
    }
    return workbench.use(opened -> {
      PluginReports.warn(opened.load(), spec.commandLine().getErr());
      var out = spec.commandLine().getOut();
      for (var answer : Readers.of(opened.toolbox().sources()).explain(file)) {
        out.printf(
            "%-10s %-4s%s%n",
            answer.rule(), answer.holds() ? "yes" : "no", answer.chosen() ? "reads it" : "");
      }
      return ExitStatus.OK;
    });
  }
}

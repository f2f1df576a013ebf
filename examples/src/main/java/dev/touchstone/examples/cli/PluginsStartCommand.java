package dev.touchstone.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a plugin that was stopped. */
@Command(
    name = "start",
    description = "Lets a plugin that was stopped start again.",
    mixinStandardHelpOptions = true)
final class PluginsStartCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return workbench.use(opened -> {
      opened.load();
      PluginReports.print(opened.start(id), spec.commandLine().getOut());
      return ExitStatus.OK;
    });
  }
}

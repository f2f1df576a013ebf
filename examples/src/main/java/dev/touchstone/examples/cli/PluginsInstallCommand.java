package dev.touchstone.examples.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a plugin. */
@Command(
    name = "install",
    description = {
      "Tries a plugin out and, if it starts, keeps its jar with your plugins.",
      "A plugin can do whatever you can: there is no sandbox."
    },
    mixinStandardHelpOptions = true)
final class PluginsInstallCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "JAR", description = "The jar of the plugin.")
  private Path jar;

  @Mixin
  private final TrustOption trust = new TrustOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return workbench.use(opened -> {
      PluginReports.warn(opened.load(), spec.commandLine().getErr());
      trust.apply(jar, opened.home());
      PluginReports.print(opened.install(jar), spec.commandLine().getOut());
      return ExitStatus.OK;
    });
  }
}

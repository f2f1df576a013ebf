package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.Problems;
import dev.touchstone.patterns.plugin.ReplaceReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts another version in the place of a plugin. */
@Command(
    name = "replace",
    description = {
      "Puts another version in the place of an active plugin, also one that comes with the"
          + " workbench.",
      "If it does not start, nothing changes. To replace one while recipes run, use the console."
    },
    mixinStandardHelpOptions = true)
final class PluginsReplaceCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "JAR", description = "The jar of the other version.")
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
      var report = opened.replace(jar);
      if (report instanceof ReplaceReport.Kept) {
        throw new CommandFailedException(Problems.describe(report));
      }
      spec.commandLine().getOut().println(Problems.describe(report));
      return ExitStatus.OK;
    });
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.pluginapp.PluginWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads plugins as they are built. */
@Command(
    name = "watch",
    description = {
      "Loads and replaces plugins as their jars come and change in a folder, until Ctrl-C, and"
          + " says what",
      "became of them. For those who write one. Every jar in the folder is trusted."
    },
    mixinStandardHelpOptions = true)
final class PluginsWatchCommand implements Callable<Integer> {

  private static final Duration PERIOD = Duration.ofMillis(500);

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "DIR", description = "The folder, such as the target of a build.")
  private Path folder;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return workbench.use(opened -> {
      var out = spec.commandLine().getOut();
      opened.load();
      new PluginWatch(opened, folder, TimeSource.system(), PERIOD, line -> {
            out.println(line);
            out.flush();
          })
          .run();
      return ExitStatus.OK;
    });
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.console.Console;
import dev.touchstone.examples.web.WebServerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the workbench in a browser. */
@Command(
    name = "console",
    description = {
      "Shows plugins, recipes and runs on pages for a browser on this machine, until Ctrl-C;"
          + " plugins can",
      "be started, stopped and replaced there, also while recipes run. Prints the address; whoever"
          + " knows",
      "it can load plugins."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PluginsConsoleCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder whose recipes are shown (default: this one).")
  private Path folder;

  @Mixin
  private final PortOption port = new PortOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailedException("there is no folder " + folder);
    }
    return workbench.use(opened -> {
      var err = spec.commandLine().getErr();
      PluginReports.warn(opened.load(), err);
      try (var console = Console.open(opened, folder.toAbsolutePath().normalize(), port.port())) {
        err.println("Console: " + console.server().uriWithToken());
        err.flush();
        new CountDownLatch(1).await();
        return ExitStatus.OK;
      } catch (WebServerException e) {
        throw new CommandFailedException(String.valueOf(e.getMessage()), e);
      }
    });
  }
}

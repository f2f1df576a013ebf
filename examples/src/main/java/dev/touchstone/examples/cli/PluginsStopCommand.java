package dev.touchstone.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a plugin, for all programs to come. */
@Command(
    name = "stop",
    description = {
      "Keeps a plugin from being started, and with it those that require it.",
      "Its jar stays where it is."
    },
    mixinStandardHelpOptions = true)
final class PluginsStopCommand implements Callable<Integer> {

  @Mixin
  private final NamedPlugin plugin = new NamedPlugin();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    return plugin.use((opened, id) -> PluginReports.print(opened.stop(id), out));
  }
}

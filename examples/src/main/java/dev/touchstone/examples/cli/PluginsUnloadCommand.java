package dev.touchstone.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes a plugin away. */
@Command(
    name = "unload",
    description = {
      "Stops a plugin, and with it those that require it, says whether their memory came free, and",
      "deletes the jar of the plugin from your plugins."
    },
    mixinStandardHelpOptions = true)
final class PluginsUnloadCommand implements Callable<Integer> {

  @Mixin
  private final NamedPlugin plugin = new NamedPlugin();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    return plugin.use((opened, id) -> PluginReports.print(opened.unload(id), out));
  }
}

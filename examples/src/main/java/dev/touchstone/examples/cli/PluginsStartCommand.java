package dev.touchstone.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a plugin that was stopped. */
@Command(
    name = "start",
    description = "Lets a plugin that was stopped start again.",
    mixinStandardHelpOptions = true)
final class PluginsStartCommand implements Callable<Integer> {

  @Mixin
  private final NamedPlugin plugin = new NamedPlugin();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    return plugin.use((opened, id) -> PluginReports.print(opened.start(id), out));
  }
}

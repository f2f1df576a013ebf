package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.Workbench;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The plugin that a command is about, and the workbench that it is looked for in. */
final class NamedPlugin {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id;

  /**
   * Loads all plugins, for an action.
   *
   * @param action is given the name of the plugin; whether there is one is for the action to find out
   * @return that all went well
   * @throws CommandFailedException if the action cannot do what it is to do
   */
  int use(BiConsumer<Workbench, String> action) throws InterruptedException {
    return workbench.use(opened -> {
      opened.load();
      action.accept(opened, id);
      return ExitStatus.OK;
    });
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.PluginHome;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.WorkbenchException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where plugins are kept: the option of all commands of the workbench. */
final class WorkbenchOption {

  /** What a command does with the workbench. */
  @FunctionalInterface
  interface Action<R> {

    R apply(Workbench workbench) throws InterruptedException;
  }

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = {
        "Where your plugins and the list of trusted ones are kept",
        "(default: $TOUCHSTONE_HOME, or .touchstone in your home)."
      })
  private @Nullable Path home;

  /** Returns where plugins are kept. */
  PluginHome home() {
    return home == null ? PluginHome.ofUser() : PluginHome.at(home);
  }

  /**
   * Opens the workbench, without plugins, for an action.
   *
   * @throws CommandFailedException if the action cannot do what it is to do
   */
  <R> R use(Action<R> action) throws InterruptedException {
    try (var workbench = Workbench.open(home())) {
      return action.apply(workbench);
    } catch (WorkbenchException | UncheckedIOException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}

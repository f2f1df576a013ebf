package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.Contribution;
import dev.touchstone.examples.pluginapp.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The workbench: holds its own commands, and hands others to plugins that add verbs. */
@Command(
    name = "plugins",
    description = {
      "A small data tool whose every part comes from a plugin: recipes of sources, transforms and"
          + " sinks.",
      "Plugins add verbs; 'touchstone plugins list' names them."
    },
    subcommands = {
      PluginsRunCommand.class,
      PluginsCheckCommand.class,
      PluginsExplainCommand.class,
      PluginsEditCommand.class,
      PluginsListCommand.class,
      PluginsInfoCommand.class,
      PluginsInstallCommand.class,
      PluginsStartCommand.class,
      PluginsStopCommand.class,
      PluginsUnloadCommand.class,
      PluginsReplaceCommand.class,
      PluginsWatchCommand.class,
      PluginsDoctorCommand.class,
      PluginsNewCommand.class,
      PluginsConsoleCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "VERB",
      description = "A verb that a plugin adds, and what it takes.")
  private List<String> words = new ArrayList<>();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (words.isEmpty()) {
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitStatus.USAGE;
    }
    return workbench.use(opened -> {
      opened.load();
      var out = spec.commandLine().getOut();
      if (!opened.runCommand(words.getFirst(), words.subList(1, words.size()), out::println)) {
        throw new ParameterException(spec.commandLine(), unknown(opened));
      }
      return ExitStatus.OK;
    });
  }

  private String unknown(Workbench opened) {
    var verbs = new ArrayList<>(spec.subcommands().keySet());
    opened.contributions().stream()
        .filter(contribution -> contribution.point().equals("command"))
        .map(Contribution::name)
        .forEach(verbs::add);
    return "no plugin adds the verb '%s'; there are %s"
        .formatted(words.getFirst(), String.join(", ", verbs));
  }
}

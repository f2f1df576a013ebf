package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.PluginProject;
import dev.touchstone.examples.pluginapp.WorkbenchException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the project of a new plugin. */
@Command(
    name = "new",
    description = {
      "Writes a Maven project for a plugin, with a test that loads its jar.",
      "It builds after 'mvn install -DskipTests' of Touchstone; then 'plugins install --trust' its"
          + " jar."
    },
    mixinStandardHelpOptions = true)
final class PluginsNewCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The name of the plugin, such as shout.")
  private String name;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "The folder to make (default: NAME, here).")
  private @Nullable Path folder;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var target = folder == null ? Path.of(name) : folder;
    try {
      PluginProject.of(name, Version.number()).writeTo(target);
    } catch (WorkbenchException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    spec.commandLine()
        .getOut()
        .printf(
            "Written to %s. Build it with: mvn -f %s package%n", target, target.resolve("pom.xml"));
    return ExitStatus.OK;
  }
}

package dev.touchstone.examples.cli;

import static java.util.stream.Collectors.joining;

import dev.touchstone.examples.pluginapp.Problems;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.patterns.plugin.Dependency;
import dev.touchstone.patterns.plugin.PluginStatus;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells all about a plugin. */
@Command(
    name = "info",
    description = "Tells all that is known of a plugin.",
    mixinStandardHelpOptions = true)
final class PluginsInfoCommand implements Callable<Integer> {

  @Mixin
  private final NamedPlugin plugin = new NamedPlugin();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    return plugin.use((opened, id) -> print(opened, status(opened, id), out));
  }

  private static PluginStatus status(Workbench opened, String id) {
    var plugins = opened.host().plugins();
    return plugins.stream()
        .filter(status -> status.plugin().id().equals(id))
        .findFirst()
        .orElseThrow(() -> new CommandFailedException("there is no plugin '%s'; there are %s"
            .formatted(
                id, plugins.stream().map(each -> each.plugin().id()).collect(joining(", ")))));
  }

  private static void print(Workbench opened, PluginStatus status, PrintWriter out) {
    var plugin = status.plugin();
    out.printf("%s %s%n", plugin, Problems.describe(status.state()));
    line(out, "requires", plugin.requires().stream().map(Dependency::toString).toList());
    line(out, "required by", opened.dependents(plugin.id()));
    line(out, "lets others see", plugin.exports());
    opened.contributions().stream()
        .filter(offer -> offer.plugin().equals(plugin))
        .forEach(offer -> out.printf("offers %s: %s%n", offer, offer.about()));
  }

  private static void line(PrintWriter out, String what, Collection<String> values) {
    if (!values.isEmpty()) {
      out.printf("%s %s%n", what, String.join(", ", values));
    }
  }
}

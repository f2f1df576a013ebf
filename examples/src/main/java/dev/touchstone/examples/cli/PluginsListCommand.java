package dev.touchstone.examples.cli;

import static java.util.stream.Collectors.joining;

import dev.touchstone.examples.pluginapp.Contribution;
import dev.touchstone.examples.pluginapp.Problems;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.patterns.plugin.PluginStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists the plugins. */
@Command(
    name = "list",
    description = "Lists the plugins, and what they offer.",
    mixinStandardHelpOptions = true)
final class PluginsListCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return workbench.use(opened -> {
      var report = opened.load();
      var rows =
          opened.host().plugins().stream().map(plugin -> row(opened, plugin)).toList();
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(rows));
      } else {
        rows.forEach(row -> out.printf(
            "%-12s %-10s %-9s %s%n",
            row.get("id"), row.get("version"), row.get("state"), row.get("offers")));
        opened.home().stopped().forEach(id -> out.printf("%-12s %-10s stopped%n", id, ""));
      }
      PluginReports.warn(report, spec.commandLine().getErr());
      return ExitStatus.OK;
    });
  }

  private static Map<String, String> row(Workbench opened, PluginStatus plugin) {
    var row = new LinkedHashMap<String, String>();
    row.put("id", plugin.plugin().id());
    row.put("version", plugin.plugin().version().toString());
    row.put("state", Problems.word(plugin.state()));
    row.put(
        "offers",
        opened.contributions().stream()
            .filter(offer -> offer.plugin().equals(plugin.plugin()))
            .map(Contribution::toString)
            .collect(joining(", ")));
    return row;
  }
}

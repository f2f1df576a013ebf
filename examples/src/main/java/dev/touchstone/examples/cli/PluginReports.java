package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.Problems;
import dev.touchstone.patterns.plugin.LoadReport;
import dev.touchstone.patterns.plugin.Reclamation;
import dev.touchstone.patterns.plugin.UnloadReport;
import java.io.PrintWriter;

/** Prints what became of plugins. */
final class PluginReports {

  private PluginReports() {}

  /** Says which plugins are not there, for a command that goes on without them. */
  static void warn(LoadReport report, PrintWriter err) {
    report.problems().forEach(entry -> err.println("touchstone: " + Problems.describe(entry)));
  }

  /**
   * Prints what became of jars.
   *
   * @throws CommandFailedException if one of them is not at work
   */
  static void print(LoadReport report, PrintWriter out) {
    report.entries().stream()
        .filter(entry -> !report.problems().contains(entry))
        .forEach(entry -> out.println(Problems.describe(entry)));
    report.problems().stream().findFirst().ifPresent(entry -> {
      throw new CommandFailedException(Problems.describe(entry));
    });
  }

  /**
   * Prints what became of plugins that were unloaded.
   *
   * @throws CommandFailedException if something of one is left
   */
  static void print(UnloadReport report, PrintWriter out) {
    report.entries().forEach(entry -> out.println(Problems.describe(entry)));
    if (report.entries().stream()
        .anyMatch(entry -> entry.reclamation() instanceof Reclamation.Leaked)) {
      throw new CommandFailedException("not all memory came free; see above");
    }
  }
}

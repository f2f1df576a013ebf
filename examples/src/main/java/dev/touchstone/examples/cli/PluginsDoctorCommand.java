package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.Doctor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Examines the plugins. */
@Command(
    name = "doctor",
    description =
        "Says what is wrong with the plugins, and what to do; exits with 1 if something is.",
    mixinStandardHelpOptions = true)
final class PluginsDoctorCommand implements Callable<Integer> {

  @Mixin
  private final WorkbenchOption workbench = new WorkbenchOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return workbench.use(opened -> {
      var report = opened.load();
      var findings = new Doctor(opened).findings(report);
      var out = spec.commandLine().getOut();
      findings.forEach(out::println);
      if (findings.isEmpty()) {
        out.printf(
            "%d plugins are at work, and nothing is wrong%n", report.active().size());
      }
      return findings.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    });
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.Main;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.torture.Torture;
import dev.touchstone.examples.taskqueue.torture.TortureReport;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Kills workers and checks the promise of the queue. */
@Command(
    name = "torture",
    description = {
      "Works jobs off by processes that it kills with SIGKILL, at random, and checks that none is",
      "lost, that each that was started twice has a cause on record, and that only the newest",
      "attempt completes a job. Status 1 if not. Several workers are stopped as well, for longer",
      "than their lease.",
      "Use a store of its own: its queue 'torture' is filled."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueTortureCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many jobs (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many processes; a file takes one (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often to kill one (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides when to kill which (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (jobs < 1 || workers < 1 || kills < 0) {
      throw new ParameterException(
          spec.commandLine(), "--jobs and --workers must be at least 1, and --kills not negative");
    }
    if (store.isFile() && workers > 1) {
      throw new ParameterException(
          spec.commandLine(), "--workers must be 1 for a file: one process works off its jobs");
    }
    var report = store.use(this::torture);
    print(report);
    return report.isKept() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private TortureReport torture(JobStore opened) throws InterruptedException {
    try {
      var folder = Files.createTempDirectory("touchstone-torture-");
      var report = new Torture(
              opened, folder.resolve("effects"), this::launch, new SplittableRandom(seed))
          .run(jobs, workers, kills);
      if (report.isKept()) {
        delete(folder);
      } else {
        spec.commandLine().getErr().println("What handlers did and workers said is in " + folder);
      }
      return report;
    } catch (IOException e) {
      throw new CommandFailedException("the torture was cut short: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private Process launch(Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1", // it does not live long
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "queue",
            "torture-worker",
            "--store",
            store.address(),
            "--log",
            log.toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.resolveSibling("output").toFile()))
        .start();
  }

  private void print(TortureReport report) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(report));
    } else {
      out.printf(
          "%,d jobs, %,d kills, %,d stops: %,d lost, %,d started more than once, %,d of them without a cause, %,d completed by an attempt that was not the newest%n",
          report.jobs(),
          report.kills(),
          report.stops(),
          report.lost(),
          report.repeated(),
          report.unexplained(),
          report.overlapping());
    }
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.bench.QueueBench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Measures a store. */
@Command(
    name = "bench",
    description = {
      "Measures a store: enqueues jobs that do nothing, in batches and one by one, works them off,",
      "and looks how long single ones take from being enqueued to their start.",
      "Use a store of its own: its queue 'bench' is filled."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueBenchCommand implements Callable<Integer> {

  private static final Duration PACE = Duration.ofMillis(50);

  @Mixin
  private final QueueStore store = new QueueStore();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many jobs (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many handlers (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--producers",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many enqueue one by one at the same time (default: ${DEFAULT-VALUE}).")
  private int producers;

  @Option(
      names = "--single",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many to time from enqueuing to start (default: ${DEFAULT-VALUE}).")
  private int single;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (jobs < producers || producers < 1 || concurrency < 1 || single < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--producers, --concurrency and --single must be at least 1, and --jobs as many as --producers");
    }
    return store.use(opened -> {
      var report = measure(new QueueBench(opened));
      if (json) {
        spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(report));
      } else {
        print(report);
      }
      return ExitStatus.OK;
    });
  }

  /** What was measured. */
  private record Report(
      int jobs,
      long enqueuedPerSecond,
      long donePerSecond,
      long producedPerSecond,
      double producedMillisHalf,
      double producedMillis99,
      double startMillisHalf,
      double startMillis99) {}

  private Report measure(QueueBench bench) throws InterruptedException {
    var batches = bench.enqueueInBatches(jobs);
    var drain = bench.drain(jobs, concurrency);
    var each = jobs / producers;
    var produced = bench.produce(producers, each);
    bench.drain(producers * each, concurrency); // or the next ones would have to stand in line
    var latencies = bench.latencies(single, PACE);
    return new Report(
        jobs,
        perSecond(jobs, batches),
        perSecond(jobs, drain),
        perSecond(producers * each, produced.took()),
        millis(produced.each().quantile(0.5)),
        millis(produced.each().quantile(0.99)),
        millis(latencies.quantile(0.5)),
        millis(latencies.quantile(0.99)));
  }

  private static long perSecond(int count, Duration time) {
    return Math.round(count / (time.toNanos() / 1e9));
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e4) / 1e2;
  }

  private void print(Report report) {
    var out = spec.commandLine().getOut();
    out.printf("%,d jobs, nothing to do in each%n", report.jobs());
    out.printf(
        "  enqueued in batches of %,d  %,10d/s%n", QueueBench.BATCH, report.enqueuedPerSecond());
    out.printf("  done by %,d handlers        %,10d/s%n", concurrency, report.donePerSecond());
    out.printf(
        "  enqueued by %,d producers    %,10d/s, half within %.2f ms, 99 %% within %.2f ms%n",
        producers,
        report.producedPerSecond(),
        report.producedMillisHalf(),
        report.producedMillis99());
    out.printf(
        "  from enqueuing to the start, one by one: half within %.2f ms, 99 %% within %.2f ms%n",
        report.startMillisHalf(), report.startMillis99());
  }
}

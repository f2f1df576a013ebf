package dev.touchstone.examples.cli;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.Outcome;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Measures a store. */
@Command(
    name = "bench",
    description = {
      "Measures a store: enqueues jobs that do nothing, and works them off.",
      "Use a store of its own: its queue 'bench' is filled."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueBenchCommand implements Callable<Integer> {

  private static final String QUEUE = "bench";
  private static final int BATCH = 1_000;
  private static final Duration PERIOD = Duration.ofMillis(5);

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

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  /** A job that does nothing. */
  @JobKind("bench.nothing")
  record Nothing(String filling) {}

  @Override
  public Integer call() throws InterruptedException {
    return store.use(opened -> {
      var enqueue = enqueue(opened);
      var drain = drain(opened);
      var figures = new LinkedHashMap<String, Object>();
      figures.put("jobs", jobs);
      figures.put("enqueuedPerSecond", Math.round(jobs / seconds(enqueue)));
      figures.put("donePerSecond", Math.round(jobs / seconds(drain)));
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(figures));
      } else {
        out.printf(
            "%,d jobs: %,.0f/s enqueued in batches of %,d, %,.0f/s done by %,d handlers%n",
            jobs, jobs / seconds(enqueue), BATCH, jobs / seconds(drain), concurrency);
      }
      return ExitStatus.OK;
    });
  }

  private Duration enqueue(JobStore opened) {
    var queue = TaskQueue.open(opened);
    var job = new Nothing("x".repeat(200));
    var started = System.nanoTime();
    for (int left = jobs; left > 0; left -= BATCH) {
      queue.enqueueAll(
          Collections.nCopies(Math.min(left, BATCH), job), options -> options.queue(QUEUE));
    }
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private Duration drain(JobStore opened) throws InterruptedException {
    var started = System.nanoTime();
    try (var worker = TaskQueue.open(opened)
        .worker()
        .queue(QUEUE, concurrency)
        .handle(Nothing.class, (job, context) -> Outcome.done())
        .start()) {
      while (worker.statistics().succeeded() < jobs) {
        TimeSource.system().sleep(PERIOD);
      }
    }
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}

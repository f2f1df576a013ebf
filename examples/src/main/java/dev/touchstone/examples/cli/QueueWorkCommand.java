package dev.touchstone.examples.cli;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.QueueWorker;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.WorkerStatistics;
import dev.touchstone.examples.taskqueue.program.ProgramRunner;
import dev.touchstone.examples.taskqueue.program.RunProgram;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Retention;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Works off jobs of the kind program.run. */
@Command(
    name = "work",
    description = {
      "Runs the programs of the jobs of the kind program.run, until Ctrl-C.",
      "Whoever may enqueue runs programs as you: mind who may write to STORE."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueWorkCommand implements Callable<Integer> {

  private static final Duration PERIOD = Duration.ofMillis(100);

  @Mixin
  private final QueueStore store = new QueueStore();

  @Option(
      names = "--queues",
      paramLabel = "NAME:N",
      split = ",",
      defaultValue = "default:4",
      description = {
        "Which queues, and how many of the jobs of each at a time, such as",
        "mail:10,reports:2 (default: ${DEFAULT-VALUE})."
      })
  private String[] queues;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = Durations.class,
      description = "How long a program may run (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Durations.class,
      description = "How long running programs may go on after Ctrl-C (default: ${DEFAULT-VALUE}).")
  private Duration grace;

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = Durations.class,
      description = "How long jobs that are done are kept (default: ${DEFAULT-VALUE}).")
  private Duration keep;

  @Mixin
  private final DashboardOption dashboard = new DashboardOption();

  @Option(names = "--drain", description = "Stop when no job of the queues is ready or runs.")
  private boolean drain;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var sizes = sizes();
    return store.use(opened -> work(opened, sizes));
  }

  private Map<String, Integer> sizes() {
    var sizes = new LinkedHashMap<String, Integer>();
    for (var queue : queues) {
      var colon = queue.lastIndexOf(':');
      try {
        sizes.put(queue.substring(0, colon), Integer.parseInt(queue.substring(colon + 1)));
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw new ParameterException(
            spec.commandLine(),
            "--queues must look like mail:10,reports:2, was '" + queue + "'",
            e);
      }
    }
    return sizes;
  }

  private int work(JobStore opened, Map<String, Integer> sizes) throws InterruptedException {
    QueueWorker worker = start(opened, sizes);
    var isInterrupted = false;
    try (worker) {
      await(opened, sizes, worker, dashboard.show(port -> show(opened, port)));
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    print(worker.statistics());
    return isInterrupted ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }

  private void await(
      JobStore opened, Map<String, Integer> sizes, QueueWorker worker, DashboardOption.Shown shown)
      throws InterruptedException {
    try (shown) {
      if (drain) {
        awaitEmpty(opened, sizes);
      } else {
        worker.await();
      }
    }
  }

  private DashboardOption.Shown show(JobStore opened, int port) {
    var dashboard = QueueDashboardCommand.open(opened, store, port);
    DashboardOption.announce(dashboard.server(), spec.commandLine().getErr());
    return dashboard::close;
  }

  private QueueWorker start(JobStore opened, Map<String, Integer> sizes) {
    try {
      var options = TaskQueue.open(opened)
          .worker()
          .grace(grace)
          .retention(new Retention(Optional.of(keep), Optional.empty()))
          .handle(RunProgram.class, new ProgramRunner(), handler -> handler.timeout(timeout));
      sizes.forEach(options::queue);
      return options.start();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void awaitEmpty(JobStore opened, Map<String, Integer> sizes)
      throws InterruptedException {
    while (opened.queues().stream()
        .anyMatch(
            queue -> sizes.containsKey(queue.name()) && queue.ready() + queue.running() > 0)) {
      TimeSource.system().sleep(PERIOD);
    }
  }

  private void print(WorkerStatistics figures) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(figures));
    } else {
      out.printf(
          "%,d done, %,d to be tried again, %,d given up, %,d returned%n",
          figures.succeeded(), figures.retried(), figures.buried(), figures.returned());
    }
  }
}

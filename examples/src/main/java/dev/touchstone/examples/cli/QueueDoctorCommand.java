package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.program.RunProgram;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Looks for what may hold jobs up. */
@Command(
    name = "doctor",
    description = {
      "Looks for what may hold jobs up: workers that are late with their leases, kinds that",
      "nobody serves, paused queues, a slow store, a clock that is off.",
      "The exit status is 1 if there is something to look at."
    },
    mixinStandardHelpOptions = true)
final class QueueDoctorCommand implements Callable<Integer> {

  private static final Duration LARGEST_OFFSET = Duration.ofSeconds(5);
  private static final Duration SLOWEST_ANSWER = Duration.ofMillis(100);
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final int QUESTIONS = 10;

  @Mixin
  private final QueueStore store = new QueueStore();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return store.useExisting(this::examine);
  }

  private int examine(JobStore opened) {
    var findings = new ArrayList<String>();
    var answer = answerTime(opened);
    if (answer.compareTo(SLOWEST_ANSWER) > 0) {
      findings.add(
          "the store takes %d ms for an answer: it is slow or busy".formatted(answer.toMillis()));
    }
    var offset = Duration.between(Instant.now(), opened.now());
    if (offset.abs().compareTo(LARGEST_OFFSET) > 0) {
      findings.add("the clock of the store differs from this machine's by %d s"
          .formatted(offset.toSeconds()));
    }
    lookAtQueues(opened, findings);
    lookAtWorkers(opened, findings);
    print(answer, offset, findings);
    return findings.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private static Duration answerTime(JobStore opened) {
    var started = System.nanoTime();
    for (int i = 0; i < QUESTIONS; i++) {
      opened.limits("default");
    }
    return Duration.ofNanos((System.nanoTime() - started) / QUESTIONS);
  }

  private static void lookAtQueues(JobStore opened, List<String> findings) {
    for (var queue : opened.queues()) {
      if (queue.limits().isPaused() && queue.ready() > 0) {
        findings.add(
            "queue '%s' is paused, and %,d jobs wait: 'touchstone queue queues %s --resume'"
                .formatted(queue.name(), queue.ready(), queue.name()));
      }
      queue
          .oldest()
          .filter(age -> age.compareTo(OLDEST) > 0)
          .ifPresent(age -> findings.add("the oldest job of queue '%s' has waited for %s"
              .formatted(queue.name(), QueueTables.age(age))));
    }
    var kind = RunProgram.class.getAnnotation(JobKind.class);
    var served =
        kind == null ? Set.<JobForm>of() : Set.of(new JobForm(kind.value(), kind.version()));
    var unserved = opened.unserved(served);
    if (!unserved.isEmpty()) {
      findings.add("jobs wait that 'touchstone queue work' does not serve: " + unserved);
    }
  }

  private static void lookAtWorkers(JobStore opened, List<String> findings) {
    var workers = opened.workers();
    if (workers.stream().allMatch(worker -> worker.lease().isNegative())
        && opened.queues().stream().anyMatch(queue -> queue.ready() > 0)) {
      findings.add("jobs are ready, and no worker is there: 'touchstone queue work'");
    }
    workers.stream()
        .filter(worker -> worker.lease().isNegative())
        .forEach(
            worker -> findings.add("worker %d (%s) has no lease any more, with %,d jobs running"
                .formatted(worker.id(), worker.name(), worker.running())));
  }

  private void print(Duration answer, Duration offset, List<String> findings) {
    var out = spec.commandLine().getOut();
    if (json) {
      var report = new LinkedHashMap<String, Object>();
      report.put("answerMillis", answer.toNanos() / 1e6);
      report.put("clockOffsetMillis", offset.toMillis());
      report.put("findings", findings);
      out.println(JsonMapper.shared().writeValueAsString(report));
      return;
    }
    out.printf(
        "the store answers in %.1f ms; its clock is off by %d ms%n",
        answer.toNanos() / 1e6, offset.toMillis());
    findings.forEach(finding -> out.println("- " + finding));
    if (findings.isEmpty()) {
      out.println("nothing to look at");
    }
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.admin.Examination;
import dev.touchstone.examples.taskqueue.program.RunProgram;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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
      "nobody serves, paused queues, a slow disk, a clock that is off, snapshots that keep dead rows.",
      "The exit status is 1 if there is something to look at."
    },
    mixinStandardHelpOptions = true)
final class QueueDoctorCommand implements Callable<Integer> {

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
    var examination = Examination.of(opened, served(), InstantSource.system());
    if (json) {
      printJson(examination);
    } else {
      print(examination);
    }
    return examination.findings().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /** What 'touchstone queue work' serves. */
  private static Set<JobForm> served() {
    var kind = RunProgram.class.getAnnotation(JobKind.class);
    return kind == null ? Set.of() : Set.of(new JobForm(kind.value(), kind.version()));
  }

  private void printJson(Examination examination) {
    var vitals = examination.vitals();
    var report = new LinkedHashMap<String, Object>();
    report.put("answerMillis", millis(vitals.answer()));
    vitals.flush().ifPresent(time -> report.put("commitMillis", millis(time)));
    vitals.deadRows().ifPresent(rows -> report.put("deadRows", rows));
    vitals.oldestSnapshot().ifPresent(age -> report.put("oldestSnapshotTransactions", age));
    report.put("clockOffsetMillis", examination.clockOffset().toMillis());
    report.put("findings", examination.findings());
    spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(report));
  }

  private void print(Examination examination) {
    var out = spec.commandLine().getOut();
    var vitals = examination.vitals();
    out.printf(
        "the store answers in %.1f ms; its clock is off by %d ms%n",
        millis(vitals.answer()), examination.clockOffset().toMillis());
    vitals
        .flush()
        .ifPresent(
            time -> out.printf("a commit takes %.1f ms until it is on the disk%n", millis(time)));
    vitals
        .deadRows()
        .ifPresent(rows -> out.printf(
            "%,d dead rows; the oldest snapshot is %,d transactions old%n",
            rows, vitals.oldestSnapshot().orElse(0)));
    examination.findings().forEach(finding -> out.println("- " + finding));
    if (examination.findings().isEmpty()) {
      out.println("nothing to look at");
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}

package dev.touchstone.examples.taskqueue.dashboard;

import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.Redacted;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.admin.Redaction;
import dev.touchstone.examples.taskqueue.store.Amount;
import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Measure;
import dev.touchstone.examples.taskqueue.store.Priority;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A queue with jobs that stand everywhere, and its dashboard. Some texts would like to be
 * programs.
 */
final class QueueOnShow implements AutoCloseable {

  static final String HOSTILE = "<img src=x onerror='hacked=1'><script>hacked=1</script>";

  private static final Set<JobForm> MAIL = Set.of(new JobForm("mail.send", 1));

  private final JobStore store;
  private final TaskQueue queue;
  private final QueueDashboard dashboard;
  private final long worker;
  final long done;
  final long retrying;
  final long running;
  final long scheduled;
  final List<Long> dead;

  @JobKind("mail.send")
  record Mail(String to, @Redacted String text, String apiKey) {}

  QueueOnShow(JobStore store) {
    this.store = store;
    queue = TaskQueue.open(store);
    worker = store.register("worker-1@host", Duration.ofMinutes(15));
    done = add("ada");
    settle(new Settlement.Succeeded(claim().fence(), Duration.ofMillis(120)));
    dead = List.of(
        die("connection to 10.0.0.1:2525 refused"), die("connection to 10.0.0.2:2526 refused"));
    die(HOSTILE);
    retrying = add("bob");
    settle(new Settlement.Again(
        claim().fence(), Duration.ofHours(1), AttemptEnd.FAILED, "503 Service Unavailable"));
    running = add("carol");
    claim();
    scheduled =
        ((Enqueued.Added) queue.enqueue(mail("dan"), job -> job.in(Duration.ofHours(2)))).id();
    queue.enqueue(mail(HOSTILE), job -> job.queue("reports"));
    store.limit("reports", new QueueLimits(true, OptionalInt.of(3), Optional.empty()));
    store.schedule(
        "digest",
        "0 8 * * 1-5 Europe/Berlin",
        Optional.of(Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS)));
    store.add(List.of(
        new Amount("default", Measure.STARTED, 0, 4),
        new Amount("default", Measure.SUCCEEDED, 0, 1),
        new Amount("default", Measure.BURIED, 0, 3),
        new Amount("default", Measure.WAIT, 3, 4),
        new Amount("default", Measure.RUN, 7, 1)));
    dashboard = QueueDashboard.open(store, "queue.db", Redaction.of(Mail.class), 0);
  }

  private static Mail mail(String to) {
    return new Mail(to, "dear " + to, "k-123");
  }

  private long add(String to) {
    return ((Enqueued.Added) queue.enqueue(mail(to))).id();
  }

  private ClaimedJob claim() {
    return store
        .claim(new ClaimRequest(worker, MAIL, List.of(new Ask("default", Priority.NORMAL, 1)), 1))
        .getFirst();
  }

  private long die(String error) {
    var id = add("eve");
    settle(new Settlement.Dead(claim().fence(), AttemptEnd.DISCARDED, error));
    return id;
  }

  private void settle(Settlement settlement) {
    store.settle(List.of(settlement));
  }

  JobStore store() {
    return store;
  }

  QueueDashboard dashboard() {
    return dashboard;
  }

  @Override
  public void close() {
    dashboard.close();
    store.close();
  }
}

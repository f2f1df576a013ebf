package dev.touchstone.examples.taskqueue.dashboard;

import dev.touchstone.examples.taskqueue.store.Measure;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.web.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The figures as Prometheus reads them.
 *
 * <p><b>Source:</b> the text format 0.0.4 of Prometheus, "Exposition formats".
 */
final class Metrics {

  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PREFIX = "touchstone_queue_";

  private final QueueData data;
  private final StringBuilder text = new StringBuilder();

  Metrics(QueueData data) {
    this.data = data;
  }

  Answer answer() {
    var queues = data.queues();
    head("jobs", "Jobs that have not ended, and dead letters; counted to 10000.");
    for (var queue : queues) {
      state(queue, "dead", queue.dead());
      state(queue, "ready", queue.ready());
      state(queue, "running", queue.running());
      state(queue, "scheduled", queue.scheduled());
    }
    perQueue(
        "oldest_seconds",
        "How long the first of the ready jobs has been waiting.",
        queue -> seconds(queue.oldest().orElse(Duration.ZERO)));
    perQueue(
        "paused",
        "Whether the queue lets no job start.",
        queue -> queue.limits().isPaused() ? 1 : 0);
    counted(queues);
    workers();
    database();
    return new Answer.Text(TYPE, text.toString());
  }

  private void state(QueueView queue, String state, long jobs) {
    line("jobs", List.of("queue", queue.name(), "state", state), (double) jobs);
  }

  private void counted(List<QueueView> queues) {
    head("last_hour", "What happened in the last hour, as workers have counted it.");
    for (var queue : queues) {
      var figures = data.figures().of(queue.name());
      for (var measure :
          List.of(Measure.STARTED, Measure.SUCCEEDED, Measure.FAILED, Measure.BURIED)) {
        line(
            "last_hour",
            List.of("queue", queue.name(), "what", measure.name().toLowerCase(Locale.ROOT)),
            (double) figures.sum(measure));
      }
    }
  }

  private void workers() {
    head("worker_lease_seconds", "How much is left of the lease of a worker.");
    var workers = data.store().workers();
    workers.forEach(worker -> line(
        "worker_lease_seconds",
        List.of("worker", Long.toString(worker.id()), "name", worker.name()),
        seconds(worker.lease())));
    head("worker_running", "How many jobs a worker has.");
    workers.forEach(worker -> line(
        "worker_running",
        List.of("worker", Long.toString(worker.id()), "name", worker.name()),
        worker.running()));
  }

  private void database() {
    var vitals = data.examination().vitals();
    head("findings", "How many things were found that may hold jobs up.");
    line("findings", List.of(), data.examination().findings().size());
    vitals.flush().ifPresent(time -> {
      head("commit_seconds", "How long a commit takes until it is on the disk.");
      line("commit_seconds", List.of(), seconds(time));
    });
    vitals.oldestSnapshot().ifPresent(age -> {
      head("oldest_snapshot_transactions", "How old the oldest snapshot is that somebody holds.");
      line("oldest_snapshot_transactions", List.of(), (double) age);
    });
  }

  private void perQueue(String name, String help, ToDoubleFunction<QueueView> value) {
    head(name, help);
    data.queues()
        .forEach(queue -> line(name, List.of("queue", queue.name()), value.applyAsDouble(queue)));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private void head(String name, String help) {
    text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(PREFIX).append(name).append(" gauge\n");
  }

  private void line(String name, List<String> labels, double value) {
    text.append(PREFIX).append(name);
    for (int i = 0; i < labels.size(); i += 2) {
      text.append(i == 0 ? "{" : ",")
          .append(labels.get(i))
          .append("=\"")
          .append(escaped(labels.get(i + 1)))
          .append('"');
    }
    text.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueView;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Prints jobs and queues for people. */
final class QueueTables {

  private static final int LONGEST_ERROR = 60;

  private QueueTables() {}

  static void jobs(List<JobView> jobs, PrintWriter out) {
    if (jobs.isEmpty()) {
      out.println("no such jobs");
      return;
    }
    out.printf(
        "%10s  %-9s  %-7s  %-16s  %-20s  %s%n",
        "JOB", "STATUS", "ATTEMPT", "QUEUE", "KIND", "ERROR");
    for (var job : jobs) {
      out.printf(
          "%10d  %-9s  %-7s  %-16s  %-20s  %s%n",
          job.id(),
          job.status(),
          job.attempt() + "/" + job.maxAttempts(),
          job.queue(),
          job.kind(),
          job.error().map(QueueTables::shorten).orElse(""));
    }
  }

  private static String shorten(String error) {
    var line = error.lines().findFirst().orElse("");
    return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + "...";
  }

  static void queues(List<QueueView> queues, PrintWriter out) {
    if (queues.isEmpty()) {
      out.println("no queues: nothing was ever enqueued");
      return;
    }
    out.printf(
        "%-16s  %9s  %9s  %9s  %9s  %9s  %s%n",
        "QUEUE", "READY", "OLDEST", "SCHEDULED", "RUNNING", "DEAD", "LIMITS");
    for (var queue : queues) {
      out.printf(
          "%-16s  %,9d  %9s  %,9d  %,9d  %,9d  %s%n",
          queue.name(),
          queue.ready(),
          queue.oldest().map(QueueTables::age).orElse(""),
          queue.scheduled(),
          queue.running(),
          queue.dead(),
          limits(queue.limits()));
    }
  }

  static String age(Duration age) {
    if (age.toMinutes() == 0) {
      return "%.1f s".formatted(age.toMillis() / 1e3);
    }
    return age.toDays() > 0
        ? age.toDays() + " d"
        : age.toHours() + ":%02d h".formatted(age.toMinutesPart());
  }

  private static String limits(QueueLimits limits) {
    var parts = new ArrayList<String>();
    if (limits.isPaused()) {
      parts.add("paused");
    }
    limits.maxRunning().ifPresent(most -> parts.add("at most " + most + " at a time"));
    limits
        .rate()
        .ifPresent(rate -> parts.add("%s/s, burst %d".formatted(rate.perSecond(), rate.burst())));
    return String.join(", ", parts);
  }
}

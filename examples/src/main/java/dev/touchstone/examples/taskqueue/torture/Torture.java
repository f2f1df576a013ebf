package dev.touchstone.examples.taskqueue.torture;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Enqueues jobs, kills the processes that work them off with SIGKILL, at random moments, and compares
 * in the end what handlers have done with what the queue has on record. Where several work, each third
 * time one is stopped as well, for longer than its lease, and goes on with what it had. For one thread.
 */
public final class Torture {

  /** The queue that the jobs are in. */
  public static final String QUEUE = "torture";

  private static final Duration STEP = Duration.ofMillis(50);
  private static final int LONGEST_WORK_MILLIS = 2_500;
  private static final int STOP_EVERY = 3;

  /** A worker may be stopped in a transaction for which the others have to wait. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final JobStore store;
  private final Path log;
  private final Launcher launcher;
  private final RandomGenerator random;
  private final List<Process> workers = new ArrayList<>();
  private int stops;

  /** Starts a worker in a process of its own, whose handler is an {@link EffectLog} of a file. */
  @FunctionalInterface
  public interface Launcher {

    /** Starts it. */
    Process launch(Path log) throws IOException;
  }

  /**
   * Creates a torture.
   *
   * @param log where handlers write down what they do
   */
  public Torture(JobStore store, Path log, Launcher launcher, RandomGenerator random) {
    this.store = store;
    this.log = log;
    this.launcher = launcher;
    this.random = random;
  }

  /**
   * Runs until all jobs have ended.
   *
   * @param jobs how many
   * @param processes how many work at the same time
   * @param kills how many to kill, one after the other
   * @throws IOException if a process cannot be started
   * @throws InterruptedException if the flag was set on entry or while waiting; no process is left
   */
  public TortureReport run(int jobs, int processes, int kills)
      throws IOException, InterruptedException {
    try {
      for (int i = 0; i < processes; i++) {
        workers.add(launcher.launch(log));
      }
      var ids = new ArrayList<Long>();
      var share = Math.max(1, jobs / (kills + 1)); // so that there is work whenever one is killed
      for (int i = 0; i < kills; i++) {
        var before = size();
        var enqueued = enqueue(Math.min(share, jobs - ids.size()));
        ids.addAll(enqueued);
        if (!enqueued.isEmpty()) {
          awaitEffectAfter(before); // whoever is killed sooner has nothing to lose
        }
        if (processes > 1 && i % STOP_EVERY == 0) {
          stopBeyondItsLease(workers.get(random.nextInt(processes)));
        }
        TimeSource.system().sleep(Duration.ofMillis(random.nextInt(LONGEST_WORK_MILLIS)));
        replace(random.nextInt(processes));
      }
      ids.addAll(enqueue(jobs - ids.size()));
      awaitEnd();
      return compare(ids, kills);
    } finally {
      workers.forEach(worker -> worker.destroyForcibly().onExit().join());
    }
  }

  private List<Long> enqueue(int count) {
    var jobs = IntStream.range(0, count).mapToObj(Effect::new).toList();
    return TaskQueue.open(store).enqueueAll(jobs, job -> job.queue(QUEUE)).stream()
        .map(Enqueued.Added.class::cast)
        .map(Enqueued.Added::id)
        .toList();
  }

  private void replace(int number) throws IOException, InterruptedException {
    workers.get(number).destroyForcibly().waitFor();
    workers.set(number, launcher.launch(log));
  }

  /** Lets others take over what a worker has, and then the worker go on with it. */
  private void stopBeyondItsLease(Process worker) throws IOException, InterruptedException {
    while (!hasLease(worker)) { // it may have just been launched
      step();
    }
    var longest = TimeSource.system().deadlineAfter(LONGEST_STOP);
    signal("STOP", worker);
    while (hasLease(worker) && longest - TimeSource.system().nanoTime() > 0) {
      step();
    }
    signal("CONT", worker);
    stops++;
  }

  /** Workers are named after their process, unless they are told otherwise. */
  private boolean hasLease(Process worker) {
    return store.workers().stream().anyMatch(view -> view.name().startsWith(worker.pid() + "@"));
  }

  private static void signal(String name, Process worker) throws IOException, InterruptedException {
    var status = new ProcessBuilder("kill", "-" + name, String.valueOf(worker.pid()))
        .start()
        .waitFor();
    if (status != 0) {
      throw new IOException(
          "cannot send " + name + " to a worker: kill ended with status " + status);
    }
  }

  private long size() throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }

  private void awaitEffectAfter(long size) throws IOException, InterruptedException {
    while (size() == size) {
      step();
    }
  }

  private void awaitEnd() throws IOException, InterruptedException {
    while (hasLive()) {
      step();
    }
  }

  private void step() throws IOException, InterruptedException {
    for (var worker : workers) {
      if (!worker.isAlive()) {
        throw new IOException("a worker ended by itself, with status " + worker.exitValue());
      }
    }
    TimeSource.system().sleep(STEP);
  }

  private boolean hasLive() {
    return store.queues().stream()
        .anyMatch(queue ->
            queue.name().equals(QUEUE) && queue.ready() + queue.scheduled() + queue.running() > 0);
  }

  private TortureReport compare(List<Long> ids, int kills) throws IOException {
    var stories = new EffectLog(log).stories();
    int lost = 0;
    int repeated = 0;
    int unexplained = 0;
    int overlapping = 0;
    for (var id : ids) {
      var story = stories.getOrDefault(id, new Story());
      var causes = store.attempts(id).stream().map(AttemptView::token).collect(Collectors.toSet());
      lost += story.isLost(causes) || !hasSucceeded(id) ? 1 : 0;
      repeated += story.isRepeated() ? 1 : 0;
      unexplained += story.isUnexplained(causes) ? 1 : 0;
      overlapping += story.isOverlapping() ? 1 : 0;
    }
    return new TortureReport(ids.size(), kills, stops, lost, repeated, unexplained, overlapping);
  }

  private boolean hasSucceeded(long id) {
    return store.jobs(JobFilter.all().only(id), 1).stream()
        .anyMatch(job -> job.status() == JobStatus.SUCCEEDED);
  }
}

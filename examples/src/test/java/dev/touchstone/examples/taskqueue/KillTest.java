package dev.touchstone.examples.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.SecondProcess.Effect;
import dev.touchstone.examples.taskqueue.postgres.PostgresCluster;
import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that are killed with SIGKILL at named points: no job is lost, each ends once, and whatever
 * was started twice has a cause on record.
 */
@Timeout(180)
class KillTest {

  private static final int JOBS = 60;

  @RegisterExtension
  static final PostgresCluster cluster = new PostgresCluster();

  @TempDir
  private Path folder;

  private Path log() {
    return folder.resolve("log");
  }

  private String file() {
    return folder.resolve("queue.db").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"settle:after:1"})
  void losesNothingInAFile(String point) throws Exception {
    survives(file(), point);
  }

  @Tag("stress")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "register:after:1",
        "maintain:before:1",
        "maintain:after:1",
        "claim:before:2",
        "claim:after:1",
        "claim:after:2",
        "handler:before:1",
        "handler:after:10",
        "handler:before:30",
        "handler:after:60",
        "settle:before:1",
        "settle:before:2",
        "settle:after:2",
        "untilDue:before:1"
      })
  void losesNothingInAFileAtAnyOtherPoint(String point) throws Exception {
    survives(file(), point);
  }

  @Tag("stress")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "settle:before:1",
        "register:after:1",
        "claim:before:2",
        "claim:after:1",
        "handler:before:1",
        "handler:after:30",
        "settle:after:1",
        "settle:before:2",
        "heartbeat:before:1"
      })
  void losesNothingInPostgres(String point) throws Exception {
    survives(cluster.newDatabase(), point);
  }

  private void survives(String address, String point) throws Exception {
    try (var store = SecondProcess.open(address)) {
      TaskQueue.open(store)
          .enqueueAll(IntStream.range(0, JOBS).mapToObj(Effect::new).toList(), job -> {});

      var killed = SecondProcess.exit(SecondProcess.start("worker", address, log(), point));
      assertThat(killed).as(output()).contains(128 + 9);
      var finished = SecondProcess.exit(SecondProcess.start("worker", address, log(), "-"));
      assertThat(finished).as(output()).contains(0);

      check(store);
    }
  }

  private void check(JobStore store) throws IOException {
    var jobs = store.jobs(JobFilter.all(), JOBS + 1);
    assertThat(jobs).hasSize(JOBS).extracting(JobView::status).containsOnly(JobStatus.SUCCEEDED);
    var starts = Files.readAllLines(log()).stream()
        .collect(Collectors.groupingBy(
            line -> Long.parseLong(line.split(" ")[0]), Collectors.counting()));
    for (var job : jobs) {
      var causes = store.attempts(job.id());
      assertThat(starts.getOrDefault(job.id(), 0L))
          .as("starts of job %d, causes %s", job.id(), causes)
          .isBetween(1L, 1L + causes.size());
    }
    assertThat(store.workers()).isEmpty();
  }

  private String output() throws IOException {
    return Files.readString(SecondProcess.output(log()));
  }

  @Test
  void hasEveryJobThatItHasAcknowledged() throws Exception {
    var process = SecondProcess.start("producer", file(), log(), "-");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> output().lines().filter(line -> line.startsWith("stored ")).count() > 200);
    process.destroyForcibly().waitFor();

    try (var store = SecondProcess.open(file())) {
      var stored = store.jobs(JobFilter.all(), 1_000_000).stream()
          .map(JobView::id)
          .collect(Collectors.toSet());
      var output = output();
      var acknowledged = output
          .substring(0, output.lastIndexOf('\n'))
          .lines()
          .filter(line -> line.startsWith("stored "))
          .map(line -> Long.parseLong(line.split(" ")[1]))
          .toList();

      assertThat(stored).containsAll(acknowledged);
      assertThat(stored.size()).isBetween(acknowledged.size(), acknowledged.size() + 1);
    }
  }

  @Test
  void refusesAWorkerThatWasStoppedForTooLong() throws Exception {
    var address = cluster.newDatabase();
    try (var store = SecondProcess.open(address)) {
      var queue = TaskQueue.open(store);
      var id = ((Enqueued.Added) queue.enqueue(new Effect(1))).id();
      var process = SecondProcess.start("held", address, log(), "-");
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(log()));
      signal("-STOP", process);
      var isTakenOver = new CountDownLatch(1);
      var firstHasEnded = new CountDownLatch(1);
      try (var second = queue
          .worker()
          .queue("default", 1)
          .handle(Effect.class, (effect, context) -> {
            isTakenOver.countDown();
            firstHasEnded.await();
            return Outcome.done();
          })
          .start()) {
        assertThat(isTakenOver.await(30, TimeUnit.SECONDS)).isTrue();

        Files.createFile(folder.resolve("go"));
        signal("-CONT", process);

        assertThat(SecondProcess.exit(process)).as(output()).contains(0);
        assertThat(Files.readAllLines(log())).last().isEqualTo("succeeded 0, refused 1");
        firstHasEnded.countDown();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> second.statistics().succeeded() == 1);
      }

      var job = store.jobs(JobFilter.all().only(id), 1).getFirst();
      assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(job.attempt()).isEqualTo(2);
      assertThat(store.attempts(id))
          .extracting(AttemptView::end)
          .containsExactly(AttemptEnd.LEASE_LOST);
    }
  }

  private static void signal(String name, Process process) throws Exception {
    var kill = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}

package dev.touchstone.examples.taskqueue.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // a worker that only has to be there
class ProgramRunnerTest {

  /** Returns the job that runs a program of the shell, when it has ended. */
  private static JobView run(String program) {
    try (var queue = TaskQueue.open(MemoryStore.open())) {
      queue.enqueue(new RunProgram(List.of("sh", "-c", program)), job -> job.maxAttempts(1));
      try (var worker = queue
          .worker()
          .queue("default", 1)
          .handle(RunProgram.class, new ProgramRunner())
          .start()) {
        return Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> queue.store().jobs(JobFilter.all(), 1).getFirst(),
                job -> job.status().isEnd());
      }
    }
  }

  @Test
  void tellsAProgramWhichJobItDoes() {
    var job = run("test $TOUCHSTONE_JOB.$TOUCHSTONE_ATTEMPT = 1.1"
        + " && test $TOUCHSTONE_IDEMPOTENCY_KEY = tq-1 && test $TOUCHSTONE_TOKEN -gt 0");

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void tellsTheEndOfWhatAProgramHasPrintedAndNoMore() {
    var job = run("head -c 3000000 /dev/zero | tr '\\0' x; printf '\\303\\234berlauf\\n'; exit 3");

    assertThat(job.status()).isEqualTo(JobStatus.DEAD);
    assertThat(job.error().orElseThrow())
        .startsWith("sh ended with status 3: xxx")
        .endsWith("xÜberlauf")
        .hasSizeBetween(900, 1_100);
  }

  @Test
  void takesAStatusOfItsOwnForHopeless() {
    var job = run("echo no such file >&2; exit 65");

    assertThat(job.status()).isEqualTo(JobStatus.DEAD);
    assertThat(job.error()).contains("sh ended with status 65: no such file");
  }
}

package dev.touchstone.examples.taskqueue.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.MemoryStore;
import dev.touchstone.examples.taskqueue.store.NewJob;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class PacedRedriveTest {

  private final MemoryStore store = MemoryStore.open();

  private void die(int jobs, String key) {
    store.enqueue(Collections.nCopies(jobs, NewJob.builder("mail", 1, "{}").build()));
    if (!key.isEmpty()) {
      store.enqueue(
          Collections.nCopies(1, NewJob.builder("mail", 1, "{}").unique(key).build()));
    }
    store.jobs(JobFilter.waiting(), 1_000).forEach(job -> store.cancel(job.id()));
  }

  @Test
  void keepsToItsRate() {
    Simulation.explore(1, simulation -> {
      var queue = MemoryStore.open();
      queue.enqueue(Collections.nCopies(100, NewJob.builder("mail", 1, "{}").build()));
      queue.jobs(JobFilter.waiting(), 1_000).forEach(job -> queue.cancel(job.id()));
      var time = simulation.clock();
      var started = time.nanoTime();

      var count = new PacedRedrive(queue, 20, time).run(JobFilter.deadLetters(), 90);

      assertThat(count).isEqualTo(90);
      assertThat(Duration.ofNanos(time.nanoTime() - started))
          .isBetween(Duration.ofMillis(4_300), Duration.ofMillis(4_500));
      assertThat(queue.jobs(JobFilter.deadLetters(), 100)).hasSize(10);
    });
  }

  @Test
  void goesOnBehindALetterWhoseKeyIsTaken() throws Exception {
    die(0, "a");
    die(2, "");
    store.enqueue(
        Collections.nCopies(1, NewJob.builder("mail", 1, "{}").unique("a").build()));

    assertThat(new PacedRedrive(store, 1_000_000, TimeSource.system())
            .run(JobFilter.deadLetters(), 10))
        .isEqualTo(2);
  }

  @Test
  void needsARate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PacedRedrive(store, 0, TimeSource.system()))
        .withMessage("perSecond must be positive, was 0.0");
  }
}

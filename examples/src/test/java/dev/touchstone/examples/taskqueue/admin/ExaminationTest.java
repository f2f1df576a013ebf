package dev.touchstone.examples.taskqueue.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.MemoryStore;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.SettableClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExaminationTest {

  private final SettableClock clock = new SettableClock();
  private final MemoryStore store = MemoryStore.open(clock);

  private List<String> findings() {
    return Examination.of(store, Set.of(), clock).findings();
  }

  @Test
  void findsNothingInAnEmptyQueue() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void findsWorkersThatAreLateAndThoseThatAreGone() {
    store.register("ada", Duration.ofSeconds(15));
    clock.pass(Duration.ofSeconds(5));
    assertThat(findings()).isEmpty();

    clock.pass(Duration.ofSeconds(3));
    assertThat(findings())
        .containsExactly(
            "worker 1 (ada) is late with its heartbeat: 7.0 s of its lease of 15 s are left");

    clock.pass(Duration.ofSeconds(10));
    assertThat(findings())
        .containsExactly("worker 1 (ada) has no lease any more, with 0 jobs running");
  }

  @Test
  void findsJobsThatWaitForTooLongAndThatNobodyServes() {
    store.register("ada", Duration.ofHours(1));
    store.enqueue(List.of(NewJob.builder("mail", 1, "{}").build()));
    clock.pass(Duration.ofMinutes(10));

    assertThat(Examination.of(store, Set.of(new JobForm("other", 1)), clock).findings())
        .containsExactly(
            "the oldest job of queue 'default' has waited for 10 min",
            "jobs wait that 'touchstone queue work' does not serve: [mail/1]");
  }

  @Test
  void findsAClockThatIsOff() {
    InstantSource late = () -> clock.instant().minusSeconds(90);

    assertThat(Examination.of(store, Set.of(), late).findings())
        .containsExactly("the clock of the store differs from this machine's by 2 min");
  }
}

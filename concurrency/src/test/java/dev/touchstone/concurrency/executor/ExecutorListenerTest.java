package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExecutorListenerTest {

  private final List<ExecutorEvent> events = Collections.synchronizedList(new ArrayList<>());

  @Test
  void hearsOfStartAndEnd() {
    var failure = new IllegalStateException("expected");
    Callable<String> works = () -> "result";
    Callable<String> fails = () -> {
      throw failure;
    };
    try (var executor =
        ManagedExecutor.virtual("io").concurrency(1).listener(events::add).build()) {
      executor.submit(works);
      executor.submit(fails);
    }

    assertThat(events).hasSize(4);
    assertThat(events.get(0)).isInstanceOfSatisfying(ExecutorEvent.Started.class, started -> {
      assertThat(started.executor()).isEqualTo("io");
      assertThat(started.work()).isSameAs(works);
      assertThat(started.waited()).isGreaterThanOrEqualTo(Duration.ZERO);
    });
    assertThat(events.get(1)).isInstanceOfSatisfying(ExecutorEvent.Ended.class, ended -> {
      assertThat(ended.work()).isSameAs(works);
      assertThat(ended.outcome()).isEqualTo(TaskOutcome.COMPLETED);
      assertThat(ended.ran()).isPositive();
      assertThat(ended.failure()).isEmpty();
    });
    assertThat(events.get(3)).isInstanceOfSatisfying(ExecutorEvent.Ended.class, ended -> {
      assertThat(ended.outcome()).isEqualTo(TaskOutcome.FAILED);
      assertThat(ended.failure()).containsSame(failure);
    });
  }

  @Test
  void hearsOfWhatNeverStarts() throws Exception {
    var gate = new CountDownLatch(1);
    var started = new CountDownLatch(1);
    var executor = ManagedExecutor.virtual("io")
        .concurrency(1)
        .queue(1)
        .saturation(Saturation.REJECT)
        .listener(events::add)
        .build();
    executor.submit(() -> {
      started.countDown();
      gate.await();
      return "occupier";
    });
    started.await();
    Callable<String> work = () -> "never";
    executor.submit(work).cancel(false);
    executor.submit(work);
    var rejected = catchThrowableOfType(TaskRejectedException.class, () -> executor.submit(work));

    gate.countDown();
    executor.close();

    assertThat(events)
        .contains(
            new ExecutorEvent.Ended(
                "io", work, TaskOutcome.CANCELLED, Duration.ZERO, Optional.empty()),
            new ExecutorEvent.Rejected(rejected));
    assertThat(new ExecutorEvent.Rejected(rejected).executor()).isEqualTo("io");
  }

  @Test
  void cannotHarmATask() throws Exception {
    var reported = Collections.synchronizedList(new ArrayList<String>());
    var executor = ManagedExecutor.virtual("io")
        .listener(event -> {
          throw new IllegalStateException("expected for " + event.getClass().getSimpleName());
        })
        .failureListener((name, failure) -> reported.add(failure.getMessage()))
        .build();

    assertThat(executor.submit(() -> "result").get()).isEqualTo("result");
    executor.close();
    assertThatExceptionOfType(TaskRejectedException.class)
        .isThrownBy(() -> executor.execute(() -> {}));

    assertThat(reported)
        .containsExactly("expected for Started", "expected for Ended", "expected for Rejected");
  }
}

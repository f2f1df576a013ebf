package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExecutorMetricsTest {

  @Test
  void showsWhatTheExecutorDoes() throws Exception {
    var gate = new CountDownLatch(1);
    var registry = new SimpleMeterRegistry();
    var executor = ManagedExecutor.virtual("io")
        .concurrency(1)
        .queue(1)
        .saturation(Saturation.REJECT)
        .build();
    new ExecutorMetrics(executor).bindTo(registry);
    executor.execute(() -> {
      try {
        gate.await();
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
      }
    });
    executor.submit(() -> "queued");
    assertThatExceptionOfType(TaskRejectedException.class)
        .isThrownBy(() -> executor.execute(() -> {}));

    assertThat(gauge(registry, "concurrency")).isEqualTo(1);
    assertThat(gauge(registry, "active")).isEqualTo(1);
    assertThat(gauge(registry, "queued")).isEqualTo(1);
    assertThat(gauge(registry, "waiting.submitters")).isZero();
    assertThat(registry.get("touchstone.executor.queue.age").timeGauge().value(TimeUnit.DAYS))
        .isPositive();
    assertThat(counter(registry, "rejected", "reason", "saturated")).isEqualTo(1);
    assertThat(counter(registry, "rejected", "reason", "shut_down")).isZero();

    gate.countDown();
    executor.close();

    assertThat(counter(registry, "tasks", "outcome", "completed")).isEqualTo(2);
    assertThat(counter(registry, "tasks", "outcome", "timed_out")).isZero();
    assertThat(counter(registry, "wait", "executor", "io")).isPositive();
    assertThat(counter(registry, "run", "executor", "io")).isPositive();
  }

  private static double gauge(SimpleMeterRegistry registry, String name) {
    return registry
        .get("touchstone.executor." + name)
        .tag("executor", "io")
        .gauge()
        .value();
  }

  private static double counter(
      SimpleMeterRegistry registry, String name, String tag, String value) {
    return registry
        .get("touchstone.executor." + name)
        .tag("executor", "io")
        .tag(tag, value)
        .functionCounter()
        .count();
  }
}

package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Shows a {@link ManagedExecutor} in a Micrometer registry:
 *
 * {@snippet class="dev.touchstone.concurrency.executor.SnippetsTest" region="metrics"}
 *
 * <p>The meters are read from {@link ManagedExecutor#snapshot} when the registry is read, so they
 * cost nothing between. All have the tag {@code executor}, the name of the executor; names are those
 * of Micrometer and appear as your registry writes them.
 *
 * <ul>
 *   <li>gauges {@code touchstone.executor.concurrency}, {@code .active}, {@code .queued}, {@code
 *       .waiting.submitters}, and {@code .queue.age}, a time;
 *   <li>counters {@code touchstone.executor.tasks} with the tag {@code outcome}, and {@code
 *       .rejected} with the tag {@code reason};
 *   <li>counters {@code .wait} and {@code .run}, the seconds that tasks waited and ran, summed.
 * </ul>
 *
 * <p>Needs {@code io.micrometer:micrometer-core}, which this library does not bring along. A registry
 * holds the executor weakly.
 */
@SuppressWarnings("exports") // who has a registry requires Micrometer; nobody else should have to
public final class ExecutorMetrics implements MeterBinder {

  private static final String PREFIX = "touchstone.executor.";
  private static final double NANOS_PER_SECOND = 1e9;

  private final ManagedExecutor executor;

  /** Creates a binder for the executor. */
  public ExecutorMetrics(ManagedExecutor executor) {
    this.executor = requireNonNull(executor, "executor");
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "concurrency", "tasks that may run at once", ExecutorSnapshot::concurrency);
    gauge(registry, "active", "tasks that run", ExecutorSnapshot::active);
    gauge(registry, "queued", "tasks that wait", ExecutorSnapshot::queued);
    gauge(
        registry,
        "waiting.submitters",
        "threads that wait to submit a task",
        ExecutorSnapshot::waitingSubmitters);
    TimeGauge.builder(
            PREFIX + "queue.age",
            executor,
            TimeUnit.NANOSECONDS,
            watched -> watched.snapshot().oldestQueuedAge().toNanos())
        .description("how long the oldest task of the queue has waited")
        .tag("executor", executor.name())
        .register(registry);
    outcome(registry, TaskOutcome.COMPLETED, ExecutorSnapshot::completed);
    outcome(registry, TaskOutcome.FAILED, ExecutorSnapshot::failed);
    outcome(registry, TaskOutcome.CANCELLED, ExecutorSnapshot::cancelled);
    outcome(registry, TaskOutcome.EXPIRED, ExecutorSnapshot::expired);
    outcome(registry, TaskOutcome.TIMED_OUT, ExecutorSnapshot::timedOut);
    for (var reason : RejectionReason.values()) {
      counter("rejected", "tasks that were not accepted", now -> now.rejected(reason))
          .tag("reason", lowerCase(reason))
          .register(registry);
    }
    counter("wait", "time that tasks waited", now -> now.totalWait().toNanos() / NANOS_PER_SECOND)
        .baseUnit("seconds")
        .register(registry);
    counter("run", "time that tasks ran", now -> now.totalRun().toNanos() / NANOS_PER_SECOND)
        .baseUnit("seconds")
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<ExecutorSnapshot> value) {
    Gauge.builder(PREFIX + name, executor, watched -> value.applyAsDouble(watched.snapshot()))
        .description(description)
        .tag("executor", executor.name())
        .register(registry);
  }

  private void outcome(
      MeterRegistry registry, TaskOutcome outcome, ToDoubleFunction<ExecutorSnapshot> value) {
    counter("tasks", "tasks that ended", value)
        .tag("outcome", lowerCase(outcome))
        .register(registry);
  }

  private FunctionCounter.Builder<ManagedExecutor> counter(
      String name, String description, ToDoubleFunction<ExecutorSnapshot> value) {
    return FunctionCounter.builder(
            PREFIX + name, executor, watched -> value.applyAsDouble(watched.snapshot()))
        .description(description)
        .tag("executor", executor.name());
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

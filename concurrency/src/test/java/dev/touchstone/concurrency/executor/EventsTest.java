package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.touchstone.concurrency.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows of an executor. */
class EventsTest {

  @TempDir
  private Path directory;

  @Test
  void showRejectionsAndFailures() throws Exception {
    var executor = ManagedExecutor.virtual("rejects and fails").build();
    var file = directory.resolve("events.jfr");
    try (var recording = new Recording()) {
      recording.enable("touchstone.TaskRejected");
      recording.enable("touchstone.TaskFailed");
      recording.start();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> executor
              .submit(() -> {
                throw new IllegalStateException("expected");
              })
              .get());
      executor.close();
      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.execute(() -> {}));

      recording.stop();
      recording.dump(file);
    }

    var events = eventsOf("rejects and fails", file);
    assertThat(events)
        .extracting(EventsTest::name)
        .containsOnlyOnce("touchstone.TaskRejected", "touchstone.TaskFailed");
    assertThat(events).anySatisfy(event -> {
      assertThat(name(event)).isEqualTo("touchstone.TaskRejected");
      assertThat(event.getString("reason")).isEqualTo("SHUT_DOWN");
      assertThat(event.getInt("active")).isZero();
      assertThat(event.getInt("queued")).isZero();
    });
    assertThat(events).anySatisfy(event -> {
      assertThat(name(event)).isEqualTo("touchstone.TaskFailed");
      assertThat(event.getClass("thrown").getName())
          .isEqualTo(IllegalStateException.class.getName());
    });
  }

  @Test
  void showTasksThatWaitedLongerThanTheThreshold() throws Exception {
    var gate = new CountDownLatch(1);
    Runnable late = () -> {};
    var executor = ManagedExecutor.virtual("starts late").concurrency(1).build();
    var file = directory.resolve("events.jfr");
    try (var recording = new Recording()) {
      recording.enable("touchstone.TaskStartedLate").withThreshold(Duration.ofMillis(2));
      recording.start();

      executor.execute(() -> awaitQuietly(gate));
      executor.submit(late);
      await().until(() -> executor.snapshot().oldestQueuedAge().toMillis() >= 5);
      gate.countDown();
      executor.close();

      recording.stop();
      recording.dump(file);
    }

    assertThat(eventsOf("starts late", file))
        .filteredOn(event -> event.getString("task").equals(late.toString()))
        .singleElement()
        .satisfies(event -> assertThat(event.getDuration()).isGreaterThan(Duration.ofMillis(4)));
  }

  /** Under a time source of its own, because a task has to run for 10 s before it is stalled. */
  @Test
  void showTasksThatRunForLong() throws Exception {
    var gate = new CountDownLatch(1);
    var clock = new Clock();
    var stalled = new CountDownLatch(2);
    try (var executor = ManagedExecutor.virtual("stalls").timeSource(clock).build();
        var stream = new RecordingStream()) {
      stream.enable("touchstone.TaskStalled").withPeriod(Duration.ofMillis(20));
      stream.onEvent("touchstone.TaskStalled", event -> {
        if (event.getString("executor").equals("stalls")
            && event.getString("stack").contains("EventsTest.awaitQuietly")
            && event.getDuration("age").compareTo(Duration.ofSeconds(10)) >= 0) {
          stalled.countDown();
        }
      });
      stream.startAsync();
      executor.execute(() -> awaitQuietly(gate));
      await().until(() -> executor.running().size() == 1);
      clock.passed = Duration.ofSeconds(11).toNanos();

      stalled.await();
      gate.countDown();
    }
  }

  /** Real time, moved. */
  private static final class Clock implements TimeSource {

    private volatile long passed;

    @Override
    public long nanoTime() {
      return TimeSource.system().nanoTime() + passed;
    }

    @Override
    public void park(Object blocker) {
      TimeSource.system().park(blocker);
    }

    @Override
    public void parkUntil(Object blocker, long deadline) {
      TimeSource.system().parkUntil(blocker, deadline - passed);
    }

    @Override
    public Timer schedule(Runnable action, Duration delay) {
      return TimeSource.system().schedule(action, delay);
    }
  }

  private static String name(RecordedEvent event) {
    return event.getEventType().getName();
  }

  /** Other tests of this virtual machine may run at the same time. */
  private static List<RecordedEvent> eventsOf(String executor, Path file) throws Exception {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> name(event).startsWith("touchstone.Task"))
        .filter(event -> executor.equals(event.getString("executor")))
        .toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}

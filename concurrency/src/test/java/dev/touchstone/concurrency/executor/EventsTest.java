package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows of an executor. */
class EventsTest {

  @Test
  void showRejectionsAndFailures(@TempDir Path directory) throws Exception {
    var file = directory.resolve("events.jfr");
    var executor = ManagedExecutor.virtual("recorded").build();
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

    assertThat(events(file, event -> event.getEventType().getName().endsWith("TaskRejected")))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getString("reason")).isEqualTo("SHUT_DOWN");
          assertThat(event.getInt("active")).isZero();
          assertThat(event.getInt("queued")).isZero();
        });
    assertThat(events(file, event -> event.getEventType().getName().endsWith("TaskFailed")))
        .singleElement()
        .satisfies(event -> assertThat(event.getClass("thrown").getName())
            .isEqualTo(IllegalStateException.class.getName()));
  }

  /** Other tests of this virtual machine may run at the same time. */
  private static List<RecordedEvent> events(Path file, Predicate<RecordedEvent> filter)
      throws Exception {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("touchstone."))
        .filter(event -> "recorded".equals(event.getString("executor")))
        .filter(filter)
        .toList();
  }
}

package dev.touchstone.examples.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/queue.md. */
@Timeout(60)
class SnippetsTest {

  @TempDir
  private Path folder;

  @JobKind("email.send")
  record SendEmail(String to, String template) {}

  /** Sends mail. */
  private interface Mail {
    void send(SendEmail email, String idempotencyKey);
  }

  private void work(Path file, Mail mail) throws InterruptedException {
    try (var queue = TaskQueue.open(SqliteStore.open(file))) { // or PostgresStore.open(url)
      queue.enqueue(
          new SendEmail("ada@example.org", "welcome"), job -> job.in(Duration.ofMinutes(5)));
      try (var worker = queue
          .worker()
          .queue("default", 32)
          .handle(SendEmail.class, (email, context) -> {
            mail.send(email, context.idempotencyKey());
            return Outcome.done();
          })
          .start()) {
        worker.await();
      }
    }
  }

  @Test
  void worksUntilItIsInterrupted() throws Exception {
    var file = folder.resolve("queue.db");
    try (var queue = TaskQueue.open(SqliteStore.open(file))) {
      queue.enqueue(new SendEmail("bob@example.org", "welcome"));
    }
    var main = Thread.currentThread();

    try {
      work(file, (email, key) -> {
        assertThat(email.to()).isEqualTo("bob@example.org");
        assertThat(key).isEqualTo("tq-1");
        main.interrupt();
      });
    } catch (InterruptedException expected) {
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void areThoseOfThePage() throws IOException {
    var blocks = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("../docs/queue.md")))
        .results()
        .map(block -> withoutSpaces(block.group(1)));
    var here = withoutSpaces(Files.readString(
        Path.of("src/test/java/dev/touchstone/examples/taskqueue/SnippetsTest.java")));

    assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(here).contains(block));
  }

  private static String withoutSpaces(String text) {
    return text.replaceAll("\\s+", "");
  }
}

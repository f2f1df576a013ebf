package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.postgres.PostgresCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Worker processes that are killed every few seconds, and what the queue has on record then. */
@Timeout(180)
class QueueTortureTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private JsonNode torture(String store, int workers, int jobs, int kills) {
    var status = new CommandLineInterface(new PrintWriter(out), new PrintWriter(err))
        .run(
            "queue",
            "torture",
            "--store",
            store,
            "--workers",
            String.valueOf(workers),
            "--jobs",
            String.valueOf(jobs),
            "--kills",
            String.valueOf(kills),
            "--json");

    assertThat(status).as("%s%s", out, err).isZero();
    var report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("jobs").asInt()).isEqualTo(jobs);
    assertThat(report.get("kills").asInt()).isEqualTo(kills);
    assertThat(report.get("lost").asInt()).isZero();
    assertThat(report.get("unexplained").asInt()).isZero();
    assertThat(report.get("overlapping").asInt()).isZero();
    assertThat(report.get("repeated").asInt()).isPositive(); // or nobody was interrupted at work
    return report;
  }

  @Nested
  class InAFile {

    @TempDir
    private Path folder;

    private String file() {
      return folder.resolve("queue.db").toString();
    }

    @Test
    void losesNothing() {
      torture(file(), 1, 2_500, 6);
    }

    @Tag("stress")
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void losesNothingInTenMinutes() {
      torture(file(), 1, 100_000, 250);
    }
  }

  @Nested
  class InPostgres {

    @RegisterExtension
    static final PostgresCluster cluster = new PostgresCluster();

    @Test
    void losesNothing() throws Exception {
      var report = torture(cluster.newDatabase(), 3, 2_500, 4);

      assertThat(report.get("stops").asInt()).isEqualTo(2);
    }

    @Tag("stress")
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void losesNothingInTenMinutes() throws Exception {
      torture(cluster.newDatabase(), 4, 200_000, 150);
    }
  }
}

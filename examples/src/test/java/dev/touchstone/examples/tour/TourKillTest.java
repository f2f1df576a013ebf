package dev.touchstone.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tour in a process of its own is killed with SIGKILL in the middle of the crawl and in the middle of the
 * questions, and each time another goes on: all is there at the end, and nothing twice.
 */
class TourKillTest {

  private static final int PAGES = 150;
  private static final int ANSWERS = 100;

  @TempDir
  private Path folder;

  /** What a tour must have come to before it is killed. */
  @FunctionalInterface
  private interface Progress {

    boolean isThere() throws IOException;
  }

  @Test
  @Timeout(240)
  void goesOnWhereItWas() throws Exception {
    killedOnce(() -> lines("pages.jsonl").size() > PAGES);
    killedOnce(() -> files() > ANSWERS);
    var answered = files();

    assertThat(start().waitFor()).as(log()).isZero();

    assertThat(answered).isLessThan(400);
    assertThat(lines("log")).containsExactly("resumed: false", "resumed: true", "resumed: true");
    assertThat(lines("pages.jsonl").stream().map(line -> field(line, "url")))
        .hasSize(478)
        .doesNotHaveDuplicates();
    assertThat(lines("assays.jsonl").stream().map(line -> field(line, "mineral")))
        .hasSize(400)
        .doesNotHaveDuplicates();
    assertThat(folder.resolve("minerals.html")).content().contains("<td>Cobalt spinel</td>");
  }

  private void killedOnce(Progress progress) throws Exception {
    var process = start();
    while (!progress.isThere()) {
      assertThat(process.waitFor(5, TimeUnit.MILLISECONDS)).as(log()).isFalse();
    }
    process.destroyForcibly().waitFor();
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledTour.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private int files() throws IOException {
    var answers = folder.resolve("answers");
    if (!Files.exists(answers)) {
      return 0;
    }
    try (var files = Files.list(answers)) {
      return (int) files.count();
    }
  }

  private List<String> lines(String name) throws IOException {
    var file = folder.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private String log() throws IOException {
    return String.join("\n", lines("log"));
  }

  private static String field(String line, String name) {
    return JsonMapper.shared().readTree(line).get(name).asString();
  }
}

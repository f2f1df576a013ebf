package dev.touchstone.examples.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.clients.RealServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut cannot be had in a test, but what protects from it can be seen: between two
 * acknowledgements the system has flushed the file to the disk, and before it acknowledged, not after.
 */
@Timeout(120)
class DurabilityTest {

  private static final Pattern STORED = Pattern.compile("write\\(\\d+, \"stored \\d+");
  private static final Pattern FLUSHED = Pattern.compile("(fsync|fdatasync)(\\(.*| resumed>.*)= 0");
  private static final int ENOUGH = 50;

  @TempDir
  private Path folder;

  @Test
  void flushesBeforeItAcknowledges() throws Exception {
    var strace = RealServer.find("strace");
    var trace = folder.resolve("trace");
    var command = new ArrayList<>(List.of(
        strace.toString(),
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-o",
        trace.toString(),
        "-e",
        "trace=fsync,fdatasync,write"));
    command.addAll(SecondProcess.commandLine(
        "producer", folder.resolve("queue.db").toString(), folder.resolve("log"), "-"));
    var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(folder.resolve("output").toFile()))
        .start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> stored(trace) > ENOUGH);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();

    var isFlushed = false;
    var acknowledged = 0;
    for (var line : Files.readAllLines(trace)) {
      if (FLUSHED.matcher(line).find()) {
        isFlushed = true;
      } else if (STORED.matcher(line).find()) {
        assertThat(isFlushed)
            .as("flushed before acknowledgement %d", acknowledged)
            .isTrue();
        isFlushed = false;
        acknowledged++;
      }
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(ENOUGH);
  }

  private static long stored(Path trace) throws IOException {
    if (!Files.exists(trace)) {
      return 0;
    }
    try (var lines = Files.lines(trace)) {
      return lines.filter(line -> STORED.matcher(line).find()).count();
    }
  }
}

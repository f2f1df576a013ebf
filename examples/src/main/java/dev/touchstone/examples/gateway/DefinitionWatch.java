package dev.touchstone.examples.gateway;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a gateway read its definition again when the file has changed.
 *
 * <p>It looks at the contents once in a while. That works on every file system, with editors that put
 * another file in the place of the old one, and with links that are changed.
 */
public final class DefinitionWatch implements AutoCloseable {

  private final Thread thread;

  private DefinitionWatch(Thread thread) {
    this.thread = thread;
  }

  /**
   * Starts to watch.
   *
   * @param file the definition
   * @param period how often it is looked at; positive
   * @param report is told in lines what a change did, or why it did nothing; by the thread that watches
   * @throws IllegalArgumentException if the period is zero or negative
   */
  public static DefinitionWatch start(
      Gateway gateway, Path file, Duration period, Consumer<String> report) {
    requireNonNull(gateway, "gateway");
    requireNonNull(report, "report");
    if (!period.isPositive()) {
      throw new IllegalArgumentException("period must be positive, was " + period);
    }
    var seen = contents(file);
    return new DefinitionWatch(Thread.ofVirtual()
        .name("gateway-watch")
        .start(() -> watch(gateway, file, period, report, seen)));
  }

  private static void watch(
      Gateway gateway, Path file, Duration period, Consumer<String> report, byte[] first) {
    var seen = first;
    try {
      while (true) {
        TimeSource.system().sleep(period);
        var now = contents(file);
        if (now.length > 0 && !Arrays.equals(now, seen)) { // empty while it is being written
          seen = now;
          reload(gateway).forEach(report);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private static byte[] contents(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return new byte[0]; // it is being replaced; the old definition goes on
    }
  }

  private static List<String> reload(Gateway gateway) {
    try {
      var changes = gateway.reload().changes();
      return changes.isEmpty() ? List.of("The definition says the same as before.") : changes;
    } catch (IOException | RuntimeException e) { // whatever plugins throw: the watch goes on
      return List.of("The old definition goes on: " + LastReload.inWords(e));
    }
  }

  /** Waits until it is closed. */
  public void await() throws InterruptedException {
    thread.join();
  }

  /** Stops watching. */
  @Override
  public void close() {
    thread.interrupt();
  }
}

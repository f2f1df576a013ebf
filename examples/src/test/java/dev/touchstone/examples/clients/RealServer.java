package dev.touchstone.examples.clients;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A server that others wrote: the program of this machine, started on a free port of loopback.
 *
 * <p>Where the program is not installed the tests of the class are skipped, with a line on standard
 * error; where {@code TOUCHSTONE_REAL_SERVERS} is {@code required} they fail.
 */
public final class RealServer implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("[Ll]istening on.*?127\\.0\\.0\\.1:([1-9]\\d*)");
  private static final int SECONDS_TO_START = 30;

  private final Process process;
  private final int port;

  private RealServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a program that logs the address that it listens on, and waits until it is ready.
   *
   * @param debianPackage where the program comes from, and its name
   * @param ready a part of the line that it logs when it is ready
   * @param arguments its command line; it is told to listen on 127.0.0.1:0
   */
  public static RealServer start(String debianPackage, String ready, String... arguments)
      throws Exception {
    var command = new ArrayList<String>();
    command.add(find(debianPackage).toString());
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var port = new CompletableFuture<Integer>();
    var reader = new Thread(() -> read(process, ready, port), debianPackage + "-log");
    reader.setDaemon(true);
    reader.start();
    try {
      return new RealServer(process, port.get(SECONDS_TO_START, TimeUnit.SECONDS));
    } catch (Exception failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  /** Returns a program of the machine; skips or fails the test if there is none. */
  public static Path find(String program) {
    return find(program, program);
  }

  /** Returns a program of a Debian package; skips or fails the test if there is none. */
  public static Path find(String program, String debianPackage) {
    var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    var found = Stream.of(folders)
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
    if (found.isEmpty()) {
      var message = "the program " + program + " is not installed; it is in Debian's package "
          + debianPackage;
      missing(message);
    }
    return found.orElseThrow();
  }

  /** Skips the test because something is not installed; fails it where all has to be. */
  public static void missing(String message) {
    if ("required".equals(System.getenv("TOUCHSTONE_REAL_SERVERS"))) {
      fail(message);
    }
    System.err.println("SKIPPED: " + message);
    Assumptions.abort(message);
  }

  /** Returns the address, such as {@code http://127.0.0.1:40123/}. */
  public String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  /** Ends a program, by force if it takes longer than ten seconds to end by itself. */
  public static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the program. */
  @Override
  public void close() {
    end(process);
  }

  /* To the end, so that the program is never held up by a full pipe. The two lines that are waited
   * for come in either order. */
  private static void read(Process process, String ready, CompletableFuture<Integer> port) {
    var log = new StringBuilder();
    var listening = 0;
    var isReady = false;
    try (BufferedReader lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (port.isDone()) {
          continue;
        }
        log.append(line).append('\n');
        var address = LISTENING.matcher(line);
        listening = address.find() ? Integer.parseInt(address.group(1)) : listening;
        isReady |= line.contains(ready);
        if (isReady && listening != 0) {
          port.complete(listening);
        }
      }
      port.completeExceptionally(new IOException("the server ended before it was ready:\n" + log));
    } catch (IOException failure) {
      port.completeExceptionally(new UncheckedIOException(failure));
    }
  }
}

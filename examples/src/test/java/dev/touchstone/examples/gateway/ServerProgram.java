package dev.touchstone.examples.gateway;

import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.clients.RealServer;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real nginx or haproxy, run with settings of the test's own. */
final class ServerProgram implements AutoCloseable {

  private final Process process;
  private final Path output;

  private ServerProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts nginx.
   *
   * @param folder for what it writes
   * @param http what stands in the block {@code http} of its settings
   */
  static ServerProgram nginx(Path folder, String http) throws IOException {
    var program = RealServer.find("nginx");
    var settings = Files.writeString(folder.resolve("nginx.conf"), """
        daemon off;
        master_process off;
        user root;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          %2$s
        }
        """.formatted(folder, http));
    return start(folder, program.toString(), "-p", folder.toString(), "-c", settings.toString());
  }

  /**
   * Starts haproxy.
   *
   * @param folder for what it writes
   * @param settings all of them
   */
  static ServerProgram haproxy(Path folder, String settings) throws IOException {
    var program = RealServer.find("haproxy");
    var file = Files.writeString(folder.resolve("haproxy.cfg"), settings);
    return start(folder, program.toString(), "-db", "-f", file.toString());
  }

  private static ServerProgram start(Path folder, String... command) throws IOException {
    var output = folder.resolve("output");
    var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    return new ServerProgram(process, output);
  }

  /**
   * Waits until it takes connections.
   *
   * @return false if it ended instead
   */
  boolean awaitListening(List<? extends SocketAddress> addresses) {
    try {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(30))
          .until(() -> !process.isAlive() || addresses.stream().allMatch(ServerProgram::takes));
      return process.isAlive();
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private static boolean takes(SocketAddress address) {
    try (var channel = SocketChannel.open(address)) {
      return channel.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns what it printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    RealServer.end(process);
  }
}

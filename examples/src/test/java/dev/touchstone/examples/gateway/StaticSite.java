package dev.touchstone.examples.gateway;

import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.clients.RealServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real nginx that serves the files of a folder. */
public final class StaticSite implements AutoCloseable {

  private static final int TRIES = 10;

  private final Process process;
  private final int port;

  private StaticSite(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts nginx. It cannot be told to take any free port, so it is started again where somebody else
   * was quicker.
   *
   * @param folder for what it writes
   * @param files what it serves
   */
  public static StaticSite start(Path folder, Path files) throws IOException {
    var program = RealServer.find("nginx");
    for (var i = 0; i < TRIES; i++) {
      int port;
      try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      var settings =
          Files.writeString(folder.resolve("nginx.conf"), """
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
            server { listen 127.0.0.1:%2$d; root %3$s; }
          }
          """.formatted(folder, port, files));
      var process = new ProcessBuilder(
              program.toString(), "-p", folder.toString(), "-c", settings.toString())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("output").toFile())
          .start();
      var site = new StaticSite(process, port);
      await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive() || site.isListening());
      if (process.isAlive()) {
        return site;
      }
    }
    throw new IllegalStateException(Files.readString(folder.resolve("output")));
  }

  private boolean isListening() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Override
  public void close() {
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
}

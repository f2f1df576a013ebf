package dev.touchstone.examples.gateway;

import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.clients.RealServer;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real proxy in front of a gateway, listening on a socket of the file system. */
final class FrontServer implements AutoCloseable {

  private final Process process;
  private final UnixDomainSocketAddress address;

  private FrontServer(Process process, UnixDomainSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static FrontServer nginx(Path folder, int gateway) throws IOException {
    var program = RealServer.find("nginx");
    var settings = Files.writeString(folder.resolve("nginx.conf"), """
        daemon off;
        master_process off;
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
          upstream gateway { server 127.0.0.1:%2$d; keepalive 4; }
          server {
            listen unix:%1$s/front;
            client_header_timeout 1s;
            client_body_timeout 1s;
            keepalive_timeout 1s;
            lingering_close off;
            proxy_http_version 1.1;
            proxy_request_buffering off;
            proxy_next_upstream off;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            location / { proxy_pass http://gateway; }
          }
        }
        """.formatted(folder, gateway));
    return start(
        folder, List.of(program.toString(), "-p", folder.toString(), "-c", settings.toString()));
  }

  static FrontServer haproxy(Path folder, int gateway) throws IOException {
    var program = RealServer.find("haproxy");
    var settings = Files.writeString(folder.resolve("haproxy.cfg"), """
        defaults
          mode http
          retries 0
          http-reuse always
          timeout connect 5s
          timeout client 1s
          timeout http-request 1s
          timeout server 10s
        frontend front
          bind unix@%s/front
          default_backend gateway
        backend gateway
          server one 127.0.0.1:%d
        """.formatted(folder, gateway));
    return start(folder, List.of(program.toString(), "-db", "-f", settings.toString()));
  }

  private static FrontServer start(Path folder, List<String> command) throws IOException {
    var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
    var front = new FrontServer(process, UnixDomainSocketAddress.of(folder.resolve("front")));
    try {
      await().atMost(Duration.ofSeconds(30)).until(front::isListening);
    } catch (RuntimeException failure) {
      front.close();
      throw new IllegalStateException(Files.readString(folder.resolve("output")), failure);
    }
    return front;
  }

  private boolean isListening() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the front ended, with status " + process.exitValue());
    }
    try (var channel = SocketChannel.open(address)) {
      return channel.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  UnixDomainSocketAddress address() {
    return address;
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

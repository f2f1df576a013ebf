package dev.touchstone.examples.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A real nginx that serves the files of a folder. */
public final class StaticSite implements AutoCloseable {

  private static final int TRIES = 10;

  private final ServerProgram program;
  private final int port;

  private StaticSite(ServerProgram program, int port) {
    this.program = program;
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
    var output = "";
    for (var i = 0; i < TRIES; i++) {
      var port = freePort();
      var program = ServerProgram.nginx(
          folder, "server { listen 127.0.0.1:%d; root %s; }".formatted(port, files));
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      if (program.awaitListening(List.of(address))) {
        return new StaticSite(program, port);
      }
      output = program.output();
    }
    throw new IllegalStateException(output);
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Override
  public void close() {
    program.close();
  }
}

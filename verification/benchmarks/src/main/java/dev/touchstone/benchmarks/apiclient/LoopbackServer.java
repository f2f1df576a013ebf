package dev.touchstone.benchmarks.apiclient;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server that does as little as it can: it gives the same answer to each request. */
final class LoopbackServer implements AutoCloseable {

  private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
          + "Content-Length: " + Repo.JSON.length() + "\r\n\r\n" + Repo.JSON)
      .getBytes(US_ASCII);

  private final ServerSocket listener =
      new ServerSocket(0, 20_000, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final long delayMillis;

  LoopbackServer(long delayMillis) throws IOException {
    this.delayMillis = delayMillis;
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  private void accept() {
    try {
      while (true) {
        var socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException closed) {
      // The benchmark is over.
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      while (skipRequest(in)) {
        if (delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        out.write(ANSWER);
      }
    } catch (IOException | InterruptedException closed) {
      // The client has gone.
    }
  }

  /** Reads up to the empty line; returns false at the end. */
  private static boolean skipRequest(BufferedInputStream in) throws IOException {
    for (var lineBreaks = 0; lineBreaks < 2; ) {
      switch (in.read()) {
        case -1 -> {
          return false;
        }
        case '\n' -> lineBreaks++;
        case '\r' -> {}
        default -> lineBreaks = 0;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}

package dev.touchstone.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An HTTP/1.1 server on loopback that follows a script to the byte, broken answers included, and
 * keeps what it was asked. A thread for each connection.
 */
final class FaultServer implements AutoCloseable {

  /**
   * A request as it came in.
   *
   * @param headers by their names in lower case
   */
  record Seen(String method, String path, Map<String, String> headers, String body) {}

  /** Closes the connection in place of an answer. */
  static final String DROP = "";

  private final ServerSocket socket;
  private final Function<Seen, String> script;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /**
   * Starts a server.
   *
   * @param script returns the bytes of the answer, or {@link #DROP}
   */
  FaultServer(Function<Seen, String> script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().name("fault-server").start(this::accept);
  }

  /** Returns an answer that keeps the connection open. */
  static String answer(int status, String body, String... headers) {
    var text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
    for (var header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("Content-Length: " + body.length() + "\r\n\r\n")
        .append(body)
        .toString();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/";
  }

  /** Returns the requests to a path so far. */
  List<Seen> seen(String path) {
    return seen.stream().filter(request -> request.path.equals(path)).toList();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (var connection : connections) {
        connection.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void accept() {
    try {
      while (true) {
        var connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().name("fault-connection").start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The end of the server.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        var request = read(in);
        seen.add(request);
        var answer = script.apply(request);
        if (answer.isEmpty()) {
          return;
        }
        connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
        if (answer.contains("Connection: close")) {
          return;
        }
      }
    } catch (IOException closed) {
      // The client has gone.
    } finally {
      connections.remove(connection);
    }
  }

  private static Seen read(InputStream in) throws IOException {
    var start = line(in).split(" ", -1);
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Seen(start[0], start[1], headers, new String(in.readNBytes(length), ISO_8859_1));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the client closed the connection");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}

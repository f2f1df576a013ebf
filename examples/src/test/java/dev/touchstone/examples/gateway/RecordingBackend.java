package dev.touchstone.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A backend that takes requests apart by itself, as strictly as RFC 9112 allows, and remembers every
 * byte. What does not follow the grammar to the letter it remembers as garbage.
 */
public final class RecordingBackend implements AutoCloseable {

  /**
   * A whole request.
   *
   * @param line its first line
   * @param head the line and the fields, as they came
   * @param body decoded
   */
  public record Received(String line, String head, String body) {

    public String target() {
      return line.split(" ")[1];
    }

    /** Returns the values of a field. */
    public List<String> values(String name) {
      return head.lines()
          .skip(1)
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }
  }

  private static final Pattern LINE = Pattern.compile("[A-Z]+ /[!-~]* HTTP/1\\.1");
  private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[\\t -~]*");

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Received> requests = new CopyOnWriteArrayList<>();
  private final List<String> cut = new CopyOnWriteArrayList<>();
  private final List<String> garbage = new CopyOnWriteArrayList<>();
  private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private RecordingBackend(ServerSocket server) {
    this.server = server;
  }

  public static RecordingBackend start() throws IOException {
    var backend = new RecordingBackend(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("backend").start(backend::accept);
    return backend;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  /** Sets what every request is answered with, byte by byte. */
  public RecordingBackend answering(String bytes) {
    answer = bytes;
    return this;
  }

  /** Returns the number of connections that are open. */
  public int connections() {
    return sockets.size();
  }

  /** Returns the whole requests. */
  public List<Received> requests() {
    return requests;
  }

  /** Returns the beginnings of proper requests that broke off. */
  public List<String> cut() {
    return cut;
  }

  /** Returns what was no proper request. */
  public List<String> garbage() {
    return garbage;
  }

  public void clear() {
    requests.clear();
    garbage.clear();
    cut.clear();
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().name("backend-connection").start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket socket) {
    var raw = new ByteArrayOutputStream();
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        raw.reset();
        var received = read(in, raw);
        requests.add(received);
        var bytes = answer.getBytes(ISO_8859_1);
        socket.getOutputStream().write(received.line().startsWith("HEAD ") ? headOf(bytes) : bytes);
      }
    } catch (ProtocolException broken) {
      garbage.add(broken.getMessage() + " in: " + raw.toString(ISO_8859_1));
    } catch (IOException ended) {
      if (raw.size() > 0) {
        cut.add(raw.toString(ISO_8859_1));
      }
    } finally {
      sockets.remove(socket);
    }
  }

  private static byte[] headOf(byte[] answer) {
    var text = new String(answer, ISO_8859_1);
    return text.substring(0, text.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
  }

  /* EOFException at the end of the connection, ProtocolException where the grammar is broken. */
  private static Received read(InputStream in, ByteArrayOutputStream raw) throws IOException {
    var head = new StringBuilder();
    var line = line(in, raw);
    check(LINE.matcher(line).matches(), "line");
    head.append(line).append("\r\n");
    var length = -1L;
    var chunked = false;
    var hosts = 0;
    for (var field = line(in, raw); ; field = line(in, raw)) {
      if (field.isEmpty()) {
        break;
      }
      check(FIELD.matcher(field).matches(), "field");
      head.append(field).append("\r\n");
      var name = field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT);
      var value = field.substring(name.length() + 1).strip();
      switch (name) {
        case "host" -> hosts++;
        case "content-length" -> {
          check(length < 0 && !chunked && value.matches("\\d{1,9}"), "length");
          length = Long.parseLong(value);
        }
        case "transfer-encoding" -> {
          check(length < 0 && !chunked && value.equals("chunked"), "coding");
          chunked = true;
        }
        default -> {}
      }
    }
    check(hosts == 1, "host");
    var body = chunked ? chunks(in, raw) : bytes(in, raw, Math.max(0, length));
    return new Received(line, head.toString(), body);
  }

  private static void check(boolean isRight, String what) throws ProtocolException {
    if (!isRight) {
      throw new ProtocolException(what);
    }
  }

  private static String chunks(InputStream in, ByteArrayOutputStream raw) throws IOException {
    var body = new StringBuilder();
    while (true) {
      var size = line(in, raw);
      check(size.matches("[0-9a-fA-F]{1,7}"), "chunk");
      var content = bytes(in, raw, Long.parseLong(size, 16));
      check(line(in, raw).isEmpty(), "end of chunk");
      if (content.isEmpty()) {
        return body.toString();
      }
      body.append(content);
    }
  }

  private static String bytes(InputStream in, ByteArrayOutputStream raw, long count)
      throws IOException {
    var bytes = in.readNBytes((int) count);
    raw.write(bytes);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return new String(bytes, ISO_8859_1);
  }

  /* A line ends in CR and LF; either of them alone is part of it, and matches no pattern. */
  private static String line(InputStream in, ByteArrayOutputStream raw) throws IOException {
    var line = new StringBuilder();
    while (true) {
      var b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      raw.write(b);
      line.append((char) b);
      var length = line.length();
      if (b == '\n' && length > 1 && line.charAt(length - 2) == '\r') {
        return line.substring(0, length - 2);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}

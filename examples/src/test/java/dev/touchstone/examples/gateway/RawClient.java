package dev.touchstone.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A client that sends exactly the bytes it is told to, over TCP or a socket of the file system. */
public final class RawClient implements AutoCloseable {

  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})");

  private final SocketChannel channel;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private RawClient(SocketChannel channel) {
    this.channel = channel;
  }

  public static RawClient connect(SocketAddress address) throws IOException {
    return new RawClient(SocketChannel.open(address));
  }

  public static RawClient connect(URI server) throws IOException {
    return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  /** Sends a text; each character is one byte. */
  public RawClient send(String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return this;
  }

  /** Says that nothing more is sent. */
  public RawClient end() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** Returns all that comes until the server closes the connection, the earlier parts included. */
  public String readAll() throws IOException {
    var buffer = ByteBuffer.allocate(8_192);
    try {
      while (channel.read(buffer.clear()) >= 0) {
        received.write(buffer.array(), 0, buffer.position());
      }
    } catch (IOException reset) {
      // also an end: what came before it counts
    }
    return received.toString(ISO_8859_1);
  }

  /** Reads until a text has come. */
  public String readUntil(String text) throws IOException {
    var one = ByteBuffer.allocate(1);
    while (!received.toString(ISO_8859_1).contains(text)) {
      if (channel.read(one.clear()) < 0) {
        throw new IOException("the server ended after: " + received.toString(ISO_8859_1));
      }
      received.write(one.array(), 0, 1);
    }
    return received.toString(ISO_8859_1);
  }

  /** Sends a text and returns all that comes back. */
  public static String exchange(URI server, String text) throws IOException {
    try (var client = connect(server)) {
      return client.send(text).readAll();
    }
  }

  /**
   * Returns the statuses of answers to requests other than {@code HEAD}, by their lengths.
   *
   * @param answers one after another
   */
  public static List<Integer> statuses(String answers) {
    var statuses = new ArrayList<Integer>();
    var rest = answers;
    for (var head = STATUS.matcher(rest); head.find(); head = STATUS.matcher(rest)) {
      statuses.add(Integer.parseInt(head.group(1)));
      var end = rest.indexOf("\r\n\r\n");
      if (end < 0) {
        break;
      }
      var length =
          Pattern.compile("(?i)\r\ncontent-length: *(\\d+)").matcher(rest.substring(0, end));
      var body = end + 4;
      if (length.find()) {
        body += Integer.parseInt(length.group(1));
      } else if (rest.substring(0, end).toLowerCase(Locale.ROOT).contains("chunked")) {
        body = rest.indexOf("0\r\n\r\n", body) + 5;
      }
      rest = rest.substring(Math.min(body, rest.length()));
    }
    return statuses;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.testing.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the client concludes about a POST from how an HTTP/2 stream ended, against a server that
 * counts the requests on the wire.
 *
 * <p>The server of the other tests seems to count a connection that it closes at its start as a
 * request. This one reads all that was sent before it counts.
 */
class Http2DeliveryTest {

  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;

  /** How the first stream ends. */
  enum End {
    RESET_AS_REFUSED(Delivery.NOT_SENT) {
      @Override
      void strike(Wire wire, int stream) throws IOException {
        wire.reset(stream, REFUSED_STREAM);
      }
    },
    BEYOND_THE_LAST_OF_A_GOAWAY(Delivery.NOT_SENT) {
      @Override
      void strike(Wire wire, int stream) throws IOException {
        wire.goAway(stream - 2);
      }
    },
    THE_LAST_OF_A_GOAWAY(Delivery.UNKNOWN) {
      @Override
      void strike(Wire wire, int stream) throws IOException {
        wire.goAway(stream);
        wire.close();
      }
    },
    CONNECTION_CLOSED(Delivery.UNKNOWN) {
      @Override
      void strike(Wire wire, int stream) throws IOException {
        wire.close();
      }
    },
    RESET_AS_CANCELLED(Delivery.UNKNOWN) {
      @Override
      void strike(Wire wire, int stream) throws IOException {
        wire.reset(stream, CANCEL);
      }
    },
    ANSWER_BEGUN_THEN_REFUSED(Delivery.UNKNOWN) {
      @Override
      void strike(Wire wire, int stream) throws IOException {
        wire.beginAnswer(stream);
        wire.reset(stream, REFUSED_STREAM);
      }
    },
    ANSWER_BEGUN_THEN_DISOWNED(Delivery.UNKNOWN) {
      @Override
      void strike(Wire wire, int stream) throws IOException {
        wire.beginAnswer(stream);
        wire.goAway(stream - 2);
      }
    };

    private final Delivery expected;

    End(Delivery expected) {
      this.expected = expected;
    }

    abstract void strike(Wire wire, int stream) throws IOException;
  }

  private final ConnectionPool pool = new ConnectionPool();

  @AfterEach
  void nothingIsLeft() {
    pool.evictAll();
    assertThat(pool.connectionCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatWasNotProcessedIsSentAgain(End end) throws IOException {
    try (var server = new Server(Greeting.USUAL, end);
        var client = client(server)) {
      if (end.expected == Delivery.NOT_SENT) {
        assertThat(post(client).attempts().getFirst().delivery()).isEqualTo(end.expected);
      } else {
        var failure = catchThrowableOfType(TransportException.class, () -> post(client));
        assertThat(failure.delivery()).isEqualTo(end.expected);
      }
      assertThat(server.requests.get()).isEqualTo(end.expected == Delivery.NOT_SENT ? 2 : 1);
    }
  }

  @Test
  void aBodyThatCanBeSentOnceIsNotAskedForAgainByARequestThatWasRefused() throws IOException {
    var asked = new AtomicInteger();
    var body = BodySource.once("text/plain", () -> {
      asked.incrementAndGet();
      return new ByteArrayInputStream(new byte[] {1});
    });
    try (var server = new Server(Greeting.USUAL, End.RESET_AS_REFUSED);
        var client = client(server)) {
      var refused = catchThrowableOfType(
          TransportException.class,
          () -> client.send(ApiRequest.post("a").body(body).discard()));

      assertThat(refused.delivery()).isEqualTo(Delivery.NOT_SENT);
      assertThat(refused).hasMessageEndingWith("not retried: its body cannot be sent again");
    }
    assertThat(asked).hasValue(1);
  }

  @RepeatedTest(50)
  void aPostIsNeverSentTwiceBecauseItsConnectionEndedAtItsStart() throws IOException {
    try (var server = new Server(Greeting.AND_GONE, End.CONNECTION_CLOSED)) {
      var answered = false;
      try (var client = client(server)) {
        answered = post(client).attempts().getFirst().delivery() == Delivery.NOT_SENT;
      } catch (TransportException lost) {
        assertThat(lost.delivery()).isEqualTo(Delivery.UNKNOWN);
      }
      pool.evictAll();
      server.awaitEnd();
      assertThat(server.requestsOfTheFirstConnection.get())
          .as("requests on the connection that ended, answered by the next: %s", answered)
          .isLessThanOrEqualTo(answered ? 0 : 1);
    }
  }

  private static ApiResponse<int[]> post(ApiClient client) {
    return client.exchange(ApiRequest.post("a").json(List.of(1)).as(int[].class));
  }

  private ApiClient client(Server server) {
    return ApiClient.builder("http://localhost:" + server.port())
        .okHttp(new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .connectionPool(pool)
            .build())
        .time(new VirtualTime())
        .build();
  }

  /** How the server receives the first connection. */
  enum Greeting {
    /** With its settings. */
    USUAL,
    /** With its settings, and the end of what it has to say. */
    AND_GONE
  }

  /** A server of one answer, which the first request does not get. */
  private static final class Server implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger requestsOfTheFirstConnection = new AtomicInteger();
    private final Greeting greeting;
    private final End end;

    private Server(Greeting greeting, End end) throws IOException {
      this.greeting = greeting;
      this.end = end;
      threads.execute(this::accept);
    }

    private int port() {
      return socket.getLocalPort();
    }

    private void accept() {
      for (var first = true; ; first = false) {
        try {
          var wire = new Wire(socket.accept());
          var leaves = first && greeting == Greeting.AND_GONE;
          threads.execute(() -> serve(wire, leaves));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void serve(Wire wire, boolean leaves) {
      try (wire) {
        wire.greet();
        if (leaves) {
          wire.finish();
        }
        while (true) {
          var stream = wire.nextRequest();
          if (leaves) {
            requestsOfTheFirstConnection.incrementAndGet();
          } else if (requests.incrementAndGet() == 1 && greeting == Greeting.USUAL) {
            end.strike(wire, stream);
          } else {
            wire.answer(stream);
          }
        }
      } catch (IOException gone) {
        // The client has closed the connection, or the end of the first stream was to close it.
      }
    }

    /** Waits until every byte that was sent has been read. */
    private void awaitEnd() throws IOException {
      socket.close();
      threads.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
      threads.shutdown();
    }
  }

  /** As much of RFC 9113 as it takes to count requests and to end streams. */
  private static final class Wire implements AutoCloseable {

    private static final int PREFACE_BYTES = 24;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final byte[] STATUS_200 = {(byte) 0x88};

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private Wire(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
    }

    private void greet() throws IOException {
      frame(SETTINGS, 0, 0);
      assertThat(new String(in.readNBytes(PREFACE_BYTES), UTF_8)).startsWith("PRI * HTTP/2.0");
    }

    private void finish() throws IOException {
      socket.shutdownOutput();
    }

    /** Reads up to the next header block and returns the id of its stream. */
    private int nextRequest() throws IOException {
      while (true) {
        var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        var type = in.readUnsignedByte();
        var flags = in.readUnsignedByte();
        var stream = in.readInt();
        in.skipNBytes(length);
        if (type == HEADERS) {
          return stream;
        }
        if (type == SETTINGS && flags != ACK && !socket.isOutputShutdown()) {
          frame(SETTINGS, ACK, 0);
        }
      }
    }

    private void answer(int stream) throws IOException {
      frame(HEADERS, END_HEADERS, stream, STATUS_200);
      frame(DATA, END_STREAM, stream, "[1]".getBytes(UTF_8));
    }

    private void beginAnswer(int stream) throws IOException {
      frame(HEADERS, END_HEADERS, stream, STATUS_200);
    }

    private void reset(int stream, int code) throws IOException {
      frame(RST_STREAM, 0, stream, bytes(code));
    }

    private void goAway(int lastStream) throws IOException {
      frame(GOAWAY, 0, 0, bytes(Math.max(0, lastStream), 0));
    }

    private static byte[] bytes(int... words) {
      var bytes = ByteBuffer.allocate(words.length * Integer.BYTES);
      for (var word : words) {
        bytes.putInt(word);
      }
      return bytes.array();
    }

    private void frame(int type, int flags, int stream, byte... payload) throws IOException {
      var frame = ByteBuffer.allocate(9 + payload.length)
          .putInt(payload.length << 8 | type)
          .put((byte) flags)
          .putInt(stream)
          .put(payload);
      out.write(frame.array());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

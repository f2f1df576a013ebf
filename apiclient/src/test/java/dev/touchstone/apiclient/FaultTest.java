package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.json.JsonCodec;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import mockwebserver3.SocketEffect.CloseSocket;
import mockwebserver3.SocketEffect.ShutdownConnection;
import mockwebserver3.SocketEffect.Stall;
import okhttp3.Dns;
import okio.Buffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What broken connections do to calls, on real sockets. */
class FaultTest extends ServerTest {

  private static final SocketEffect CLOSE = new CloseSocket();

  /** A fault that strikes after the request was sent. */
  enum Fault {
    CLOSED_BEFORE_ANSWER {
      @Override
      MockResponse answer() {
        return ServerTest.answer(200).onResponseStart(CLOSE).build();
      }
    },
    CUT_BODY {
      @Override
      MockResponse answer() {
        return ServerTest.answer(200)
            .body(new Buffer().writeUtf8("[" + "1,".repeat(100_000) + "1]"))
            .onResponseBody(CLOSE)
            .build();
      }
    },
    CUT_CHUNKED_BODY_AFTER_A_WHOLE_VALUE {
      @Override
      MockResponse answer() {
        return ServerTest.answer(200)
            .chunkedBody("[1]" + " ".repeat(100_000), 1_000)
            .onResponseBody(CLOSE)
            .build();
      }
    },
    GARBAGE {
      @Override
      MockResponse answer() {
        return new MockResponse.Builder().status("GARBAGE").build();
      }
    },
    STALLED_BEFORE_ANSWER {
      @Override
      MockResponse answer() {
        return ServerTest.answer(200).onResponseStart(Stall.INSTANCE).build();
      }
    },
    STALLED_BODY {
      @Override
      MockResponse answer() {
        return ServerTest.answer(200)
            .body("[1]")
            .bodyDelay(30, TimeUnit.SECONDS)
            .build();
      }
    };

    abstract MockResponse answer();
  }

  @Nested
  class AfterTheRequestWasSent {

    @ParameterizedTest
    @EnumSource
    void aGetIsRetried(Fault fault) {
      server.enqueue(fault.answer());
      server.enqueue(json("[1]"));

      var answer = quick().exchange(ApiRequest.get("a").as(int[].class));

      assertThat(answer.body()).containsExactly(1);
      assertThat(answer.attempts().getFirst().delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(answer.attempts().getFirst().failure())
          .containsInstanceOf(TransportException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aPostIsNot(Fault fault) {
      server.enqueue(fault.answer());

      var error = catchThrowableOfType(
          TransportException.class,
          () -> quick().send(ApiRequest.post("a").json(1).as(int[].class)));

      assertThat(error.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(error.isWorthRetryingLater()).isTrue();
      assertThat(error)
          .hasMessageContaining("after the request was sent; it may have been applied; not retried:"
              + " POST is not idempotent");
      assertThat(server.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void aBodyThatIsCutAfterWhatTheCodecNeedsIsNoticed() {
    server.enqueue(Fault.CUT_BODY.answer());
    server.enqueue(json("[1]"));

    var answer = quick()
        .with(copy -> copy.json(new FirstByte()))
        .exchange(ApiRequest.get("a").as(Integer.class));

    assertThat(answer.attempts()).hasSize(2);
  }

  @Nested
  class BeforeTheRequestWasSent {

    @Test
    void aPostToAClosedPortIsRetried() throws IOException {
      int port;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      var client = ApiClient.builder("http://127.0.0.1:" + port)
          .okHttp(okHttp)
          .time(time)
          .build();

      var error = catchThrowableOfType(
          TransportException.class, () -> client.send(ApiRequest.post("a").discard()));

      assertThat(error.attempts()).hasSize(3);
      assertThat(error.delivery()).isEqualTo(Delivery.NOT_SENT);
      assertThat(error)
          .hasMessageStartingWith(
              "POST a: no connection (ConnectException); the request was not sent; 3 attempts in PT");
    }

    @Test
    void aBodyThatCanBeSentOnceIsNotUsedUp() {
      var asked = new AtomicInteger();
      var body = BodySource.once("text/plain", () -> {
        asked.incrementAndGet();
        return new ByteArrayInputStream(new byte[] {1});
      });
      var failures = new AtomicInteger();
      var flaky = okHttp
          .newBuilder()
          .dns(host -> {
            if (failures.getAndIncrement() == 0) {
              throw new UnknownHostException(host);
            }
            return Dns.SYSTEM.lookup(host);
          })
          .build();
      server.enqueue(json("1"));

      var answer = ApiClient.builder("http://localhost:" + server.getPort())
          .okHttp(flaky)
          .time(time)
          .build()
          .exchange(ApiRequest.post("a").body(body).discard());

      assertThat(answer.attempts()).hasSize(2);
      assertThat(asked).hasValue(1);
    }

    @Test
    void aPostToAnUnknownHostIsRetried() {
      var unknown = okHttp
          .newBuilder()
          .dns(host -> {
            throw new UnknownHostException(host);
          })
          .build();
      var client =
          ApiClient.builder("http://api.test").okHttp(unknown).time(time).build();

      assertThatThrownBy(() -> client.send(ApiRequest.post("a").discard()))
          .isInstanceOf(TransportException.class)
          .hasMessageStartingWith(
              "POST a: no connection (UnknownHostException); the request was not"
                  + " sent; 3 attempts in PT");
    }

    @Test
    void anUntrustedCertificateIsNotWorthARetry() {
      var unverified = okHttp
          .newBuilder()
          .addInterceptor(chain -> {
            throw new SSLPeerUnverifiedException("wrong host");
          })
          .build();
      var client =
          ApiClient.builder("https://api.test").okHttp(unverified).time(time).build();

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .isInstanceOfSatisfying(
              TransportException.class,
              e -> assertThat(e.isWorthRetryingLater()).isFalse())
          .hasMessage("GET a: the server's certificate was not accepted"
              + " (SSLPeerUnverifiedException); check host and trust store; not retried: it would"
              + " fail again");
    }
  }

  @Nested
  class StaleConnection {

    @Test
    void isReplacedForAGet() {
      server.enqueue(
          ServerTest.answer(200).onResponseEnd(ShutdownConnection.INSTANCE).build());
      server.enqueue(json("[1]"));
      var client = quick();
      client.send(ApiRequest.get("a").discard());

      assertThat(client.send(ApiRequest.get("b").as(int[].class))).containsExactly(1);
    }
  }

  @Nested
  class Body {

    @Test
    void whoseLengthIsWrongIsTheCallersFault() {
      server.enqueue(json("[1]"));

      assertThatThrownBy(
              () -> client().send(ApiRequest.put("a").body(new Short()).discard()))
          .isInstanceOf(TransportException.class)
          .hasMessageEndingWith(
              "the body could not be sent (ProtocolException); check its length and"
                  + " its source; not retried: it would fail again");
    }

    @Test
    void thatBreaksOffWhileItIsStreamedIsNotRetried() {
      server.enqueue(Fault.CUT_BODY.answer());

      assertThatThrownBy(() -> client().stream(
              ApiRequest.get("a").discard(), response -> response.body().readAllBytes()))
          .isInstanceOf(TransportException.class)
          .hasMessageEndingWith("it may have been applied; not retried: its body was being read");
    }
  }

  @Test
  void aStreamThatBreaksOffIsALostConnectionHoweverItIsRead() {
    server.enqueue(Fault.CUT_BODY.answer());

    assertThatThrownBy(() -> client().stream(ApiRequest.get("a").discard(), response -> {
          var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8)).lines();
          return lines.count(); // throws an UncheckedIOException
        }))
        .isInstanceOfSatisfying(
            TransportException.class, cut -> assertThat(cut.attempts()).hasSize(1));
  }

  @Test
  void aHandlerOfAStreamMayFailInItsOwnWay() {
    server.enqueue(json("[1]"));

    assertThatThrownBy(() -> client().stream(ApiRequest.get("a").discard(), response -> {
          throw new IllegalStateException("of its own");
        }))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  @Nested
  class TimeLimit {

    @Test
    void ofTheCallEndsItWhileItIsOnTheWire() {
      server.enqueue(Fault.STALLED_BEFORE_ANSWER.answer());
      var request = ApiRequest.get("a").timeout(Duration.ofMillis(200)).discard();

      assertThatThrownBy(() -> ApiClient.builder(server.url("/").toString())
              .okHttp(okHttp)
              .build()
              .send(request))
          .isExactlyInstanceOf(DeadlineException.class)
          .hasMessage("GET a: no answer within PT0.2S; the request may have been applied");
    }

    @Test
    void ofTheCallEndsItWhileItReadsTheBody() {
      server.enqueue(Fault.STALLED_BODY.answer());
      var request = ApiRequest.get("a").timeout(Duration.ofMillis(200)).asBytes();

      assertThatThrownBy(() -> client().send(request)).isExactlyInstanceOf(DeadlineException.class);
    }
  }

  private ApiClient quick() {
    return builder().attemptTimeout(Duration.ofMillis(400)).build();
  }

  /** Reads no more than it needs. */
  private static final class FirstByte implements JsonCodec {

    @Override
    public byte[] write(Object value) {
      return new byte[0];
    }

    @Override
    public Object read(InputStream in, Type type) throws IOException {
      return in.read();
    }
  }

  /** Promises more than it writes. */
  private static final class Short implements BodySource {

    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public long length() {
      return 10;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      sink.write(1);
    }
  }
}

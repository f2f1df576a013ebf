package dev.touchstone.apiclient.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.testing.Fault.Bandwidth;
import dev.touchstone.apiclient.testing.Fault.HalfOpen;
import dev.touchstone.apiclient.testing.Fault.Latency;
import dev.touchstone.apiclient.testing.Fault.LimitData;
import dev.touchstone.apiclient.testing.Fault.ResetPeer;
import dev.touchstone.apiclient.testing.Fault.Slicer;
import dev.touchstone.apiclient.testing.Fault.SlowClose;
import dev.touchstone.apiclient.testing.FaultProxy.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

  private static final Duration LATE = Duration.ofMillis(60);

  private final Echo echo = new Echo();
  private final FaultProxy proxy = FaultProxy.open(echo.address(), 7);

  @AfterEach
  void nothingIsLeft() throws IOException {
    proxy.close();
    echo.close();
    assertThat(proxy.open()).isZero();
  }

  @Test
  void passesEverythingOnWhenHealthy() throws IOException {
    var sent = random(1_000_000);

    assertThat(roundTrip(sent)).isEqualTo(sent);
  }

  @Test
  void countsConnections() throws IOException {
    roundTrip(random(1));
    try (var second = connect()) {
      second.getOutputStream().write(1);
      assertThat(second.getInputStream().read()).isEqualTo(1);

      assertThat(proxy.accepted()).isEqualTo(2);
      assertThat(proxy.open()).isBetween(1, 2); // the first may not have ended yet
    }
    await().untilAsserted(() -> assertThat(proxy.open()).isZero());
  }

  @Nested
  class AFault {

    @Test
    void delaysEachChunk() throws IOException {
      proxy.inject(Direction.TO_SERVER, new Latency(LATE, Duration.ofMillis(5)));
      proxy.inject(Direction.TO_CLIENT, new Latency(LATE, Duration.ZERO));

      assertThat(timeOf(() -> roundTrip(random(1)))).isGreaterThanOrEqualTo(LATE.multipliedBy(2));
    }

    @Test
    void throttles() throws IOException {
      proxy.inject(Direction.TO_CLIENT, new Bandwidth(10_000));

      assertThat(timeOf(() -> roundTrip(random(2_000))))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void slicesWithoutLosingAByte() throws IOException {
      var sent = random(3_000);
      proxy.inject(Direction.TO_CLIENT, new Slicer(7, Duration.ZERO));

      assertThat(roundTrip(sent)).isEqualTo(sent);
    }

    @Test
    void cutsAfterANumberOfBytes() throws IOException {
      proxy.inject(Direction.TO_CLIENT, new LimitData(10));

      assertThat(roundTrip(random(100))).hasSize(10);
    }

    @Test
    void countsTheBytesOfAnOpenConnectionFromItsInjection() throws IOException {
      try (var socket = connect()) {
        socket.getOutputStream().write(random(50));
        assertThat(socket.getInputStream().readNBytes(50)).hasSize(50);
        proxy.inject(Direction.TO_CLIENT, new LimitData(3));

        socket.getOutputStream().write(random(50));

        assertThat(readAll(socket)).hasSize(3);
      }
    }

    @Test
    void resets() throws IOException {
      proxy.inject(Direction.TO_CLIENT, new ResetPeer(Duration.ZERO));

      assertThatThrownBy(() -> roundTrip(random(1)))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }

    @Test
    void swallows() throws IOException {
      proxy.inject(Direction.TO_CLIENT, new HalfOpen());
      try (var socket = connect()) {
        socket.setSoTimeout(50);
        socket.getOutputStream().write(1);

        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
      }
    }

    @Test
    void tellsOfTheEndLate() throws IOException {
      proxy.inject(Direction.TO_CLIENT, new SlowClose(LATE));

      assertThat(timeOf(() -> roundTrip(random(1)))).isGreaterThanOrEqualTo(LATE);
    }

    @Test
    void endsWhenTheProxyIsHealed() throws IOException {
      var sent = random(100);
      proxy.inject(Direction.TO_CLIENT, new LimitData(1), new Latency(LATE, LATE));

      proxy.heal();

      assertThat(roundTrip(sent)).isEqualTo(sent);
    }

    @Test
    void hasBoundsThatMakeSense() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Latency(Duration.ofMillis(-1), Duration.ZERO))
          .withMessage("delay must not be negative, was PT-0.001S");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Bandwidth(0))
          .withMessage("bytesPerSecond must be at least 1, was 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LimitData(-1))
          .withMessage("bytes must not be negative, was -1");
    }
  }

  @Nested
  class Down {

    @Test
    void refusesConnectionsAndEndsThoseThatAre() throws IOException {
      try (var socket = connect()) {
        socket.getOutputStream().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1);

        proxy.down();

        assertThat(readAll(socket)).isEmpty();
        assertThatThrownBy(FaultProxyTest.this::connect).isInstanceOf(ConnectException.class);
      }
    }

    @Test
    void isUpAgainOnTheSamePort() throws IOException {
      var sent = random(10);
      proxy.down();
      proxy.down();

      proxy.heal();

      assertThat(roundTrip(sent)).isEqualTo(sent);
    }
  }

  @Test
  void closesClientsOfAServerThatIsNotThere() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    try (var lonely = FaultProxy.open(new InetSocketAddress("127.0.0.1", free));
        var socket = new Socket("127.0.0.1", lonely.port())) {
      assertThat(readAll(socket)).isEmpty();
    }
  }

  /** Sends bytes, ends the sending, and returns what came back until the end. */
  private byte[] roundTrip(byte[] sent) throws IOException {
    try (var socket = connect()) {
      var writer = Thread.ofVirtual().start(() -> {
        try {
          socket.getOutputStream().write(sent);
          socket.shutdownOutput();
        } catch (IOException cut) {
          // The reader finds out.
        }
      });
      var received = socket.getInputStream().readAllBytes();
      writer.interrupt();
      return received;
    }
  }

  private static byte[] readAll(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      return new byte[0];
    }
  }

  private Socket connect() throws IOException {
    return new Socket("127.0.0.1", proxy.port());
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** What may fail. */
  private interface Step {

    void run() throws IOException;
  }

  private static Duration timeOf(Step step) throws IOException {
    var start = System.nanoTime();
    step.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A server that sends back what it gets. */
  private static final class Echo implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Thread> threads = new ArrayList<>();

    private Echo() {
      try {
        listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      threads.add(Thread.ofVirtual().start(this::accept));
    }

    private InetSocketAddress address() {
      return new InetSocketAddress("127.0.0.1", listener.getLocalPort());
    }

    private void accept() {
      try {
        while (true) {
          var socket = listener.accept();
          threads.add(Thread.ofVirtual().start(() -> echo(socket)));
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private static void echo(Socket socket) {
      try (socket) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException broken) {
        // So is the test's connection.
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      FaultProxy.join(threads.getFirst());
      threads.forEach(FaultProxy::join);
    }
  }
}

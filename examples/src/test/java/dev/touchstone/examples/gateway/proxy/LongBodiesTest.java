package dev.touchstone.examples.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteHandler;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.Terms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a gateway holds of a body is counted from outside: what one side has given away and the other
 * has not got yet. The sockets of the machine hold some of it too, a few megabytes on each way.
 */
class LongBodiesTest {

  private static final long LENGTH = 1L << 30;
  private static final long MOST_ON_THE_WAY = 40L << 20;
  private static final Terms TERMS =
      Terms.DEFAULT.withMaxBodyBytes(Long.MAX_VALUE).withDeadline(Duration.ofMinutes(5));

  private final AtomicLong atBackend = new AtomicLong();
  private final ApiClient client = ApiClient.builder().build();
  private Edge backend;
  private Edge gateway;

  private void open(RouteHandler handler) {
    backend = edge(handler);
    gateway = edge(new Proxy(client, ProxyOptions.to(backend.uri())));
  }

  private static Edge edge(RouteHandler handler) {
    return Edge.open(
        EdgeOptions.DEFAULT,
        new CurrentRoutes(
            RouteTable.of(List.of(Route.of("*", "/{path*}", handler).withTerms(TERMS)))),
        request -> {});
  }

  @AfterEach
  void close() {
    gateway.close();
    backend.close();
    client.close();
  }

  private void produce(Exchange exchange) throws IOException {
    var block = new byte[64 * 1024];
    try (var out = exchange.open(200, HttpFields.build().put("Content-Length", LENGTH))) {
      for (var rest = LENGTH; rest > 0; rest -= block.length) {
        out.write(block);
        atBackend.addAndGet(block.length);
      }
    }
  }

  @Test
  void waitForASlowReader() throws Exception {
    open(this::produce);

    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: g\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var in = socket.getInputStream();
      var read = in.readNBytes(1_000_000).length;
      // With an unbounded buffer in between, the backend would run to the end meanwhile.
      var enough = MOST_ON_THE_WAY + read;
      await().during(Duration.ofMillis(500)).until(() -> atBackend.get() < enough);
      var total = read + in.skip(LENGTH / 8);
      while (total < LENGTH / 8) {
        total += in.skip(LENGTH / 8 - total);
        assertThat(atBackend.get() - total).isLessThan(MOST_ON_THE_WAY);
      }
    }
  }

  @Test
  void waitForASlowBackend() throws Exception {
    var mayRead = new CountDownLatch(1);
    open(exchange -> {
      mayRead.await();
      var buffer = new byte[64 * 1024];
      for (var read = exchange.body().read(buffer);
          read >= 0;
          read = exchange.body().read(buffer)) {
        atBackend.addAndGet(read);
      }
      exchange.reply(
          200,
          HttpFields.EMPTY,
          Long.toString(atBackend.get()).getBytes(StandardCharsets.US_ASCII));
    });
    var sent = new AtomicLong();
    var length = LENGTH / 8;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      var out = socket.getOutputStream();
      out.write(("PUT / HTTP/1.1\r\nHost: g\r\nConnection: close\r\nContent-Length: " + length
              + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      var sender = Thread.startVirtualThread(() -> {
        var block = new byte[64 * 1024];
        try {
          for (var rest = length; rest > 0; rest -= block.length) {
            out.write(block);
            sent.addAndGet(block.length);
          }
        } catch (IOException broken) {
          sent.set(Long.MAX_VALUE);
        }
      });
      await().during(Duration.ofMillis(500)).until(() -> sent.get() < MOST_ON_THE_WAY);
      mayRead.countDown();
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      sender.join();
      assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + length);
    }
  }
}

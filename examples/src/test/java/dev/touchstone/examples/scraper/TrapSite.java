package dev.touchstone.examples.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** A site on which a careless crawler stays forever. */
final class TrapSite implements AutoCloseable {

  private static final byte[] BLANKS = " ".repeat(1 << 16).getBytes(UTF_8);

  private final LoopbackServer server;
  private final CountDownLatch closing = new CountDownLatch(1);

  private TrapSite() throws IOException {
    server = LoopbackServer.open(this::serve);
  }

  static TrapSite open() throws IOException {
    return new TrapSite();
  }

  URI uri() {
    return server.uri("/");
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      switch (path.split("/", 3)[1]) {
        case "robots.txt" -> exchange.sendResponseHeaders(404, -1);
        case "" ->
          page(
              exchange,
              link("/calendar/2026-1")
                  + link("/session?sid=1&page=1")
                  + link("/deep/a/b/")
                  + link("/drip")
                  + link("/bomb")
                  + link("/loop/1")
                  + link("/endless")
                  + link("/good"));
        case "calendar" -> {
          var parts = path.substring("/calendar/".length()).split("-");
          var day = Integer.parseInt(parts[1]) + 1;
          page(exchange, link("/calendar/" + parts[0] + "-" + day));
        }
        case "session" -> page(exchange, link("/session?sid=" + UUID.randomUUID() + "&page=1"));
        case "deep" ->
          page(exchange, "<a href='a/b/'>deeper</a><a href='" + "x".repeat(3_000) + "'>long</a>");
        case "drip" -> drip(exchange);
        case "bomb" -> bomb(exchange);
        case "loop" -> {
          exchange
              .getResponseHeaders()
              .set("Location", path.equals("/loop/1") ? "/loop/2" : "/loop/1");
          exchange.sendResponseHeaders(302, -1);
        }
        case "endless" -> endless(exchange);
        default -> page(exchange, "good");
      }
    } catch (IOException gone) {
      // The crawler has had enough.
    }
  }

  private static String link(String to) {
    return "<a href='" + to + "'>on</a>";
  }

  private static void page(HttpExchange exchange, String html) throws IOException {
    var bytes = html.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** One byte every 50 ms, for ever. */
  private void drip(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, 0);
    try {
      while (!closing.await(50, TimeUnit.MILLISECONDS)) {
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** 64 MB of blanks, at 1000 to one. */
  private static void bomb(HttpExchange exchange) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (var i = 0; i < 1_000; i++) {
        gzip.write(BLANKS);
      }
    }
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(200, bytes.size());
    bytes.writeTo(exchange.getResponseBody());
  }

  private void endless(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, 0);
    while (closing.getCount() > 0) {
      exchange.getResponseBody().write(BLANKS);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.close();
  }
}

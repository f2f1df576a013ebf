package dev.touchstone.examples.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A site of so many pages, all of which can be reached from the first, on a loopback port. */
final class LinkedSite implements AutoCloseable {

  private static final int MORE_LINKS = 8;

  private final int pages;
  private final LoopbackServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile @Nullable Alarm alarm;

  private record Alarm(int at, CountDownLatch latch) {}

  private LinkedSite(int pages) throws IOException {
    this.pages = pages;
    server = LoopbackServer.open(this::serve);
  }

  static LinkedSite open(int pages) throws IOException {
    return new LinkedSite(pages);
  }

  URI uri() {
    return page(0);
  }

  URI page(int number) {
    return server.uri("/" + number);
  }

  int pages() {
    return pages;
  }

  /** Returns a latch that opens when so many more pages have been asked for. */
  CountDownLatch after(int more) {
    var latch = new CountDownLatch(1);
    alarm = new Alarm(requests.get() + more, latch);
    return latch;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (path.equals("/robots.txt")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var body = html(Integer.parseInt(path.substring(1))).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    var set = alarm;
    if (requests.incrementAndGet() >= (set == null ? Integer.MAX_VALUE : set.at())) {
      set.latch().countDown();
    }
  }

  private String html(int number) {
    var html = new StringBuilder("<title>Page " + number + "</title>");
    link(2 * number + 1, html);
    link(2 * number + 2, html);
    new Random(number).ints(MORE_LINKS, 0, pages).forEach(other -> link(other, html));
    return html.toString();
  }

  private void link(int number, StringBuilder html) {
    if (number < pages) {
      html.append("<a href='/").append(number).append("'>").append(number).append("</a>");
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

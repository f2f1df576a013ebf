package dev.touchstone.examples.scraper.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.touchstone.examples.scraper.LoopbackServer;
import java.io.IOException;
import java.net.URI;

/** A small site on loopback with an address of each kind, whose texts would be programs in a page. */
final class HostileSite implements AutoCloseable {

  static final String TITLE = "<img src=x onerror='hacked=1'><script>hacked=1</script>";
  static final int PAGES = 42;

  private final LoopbackServer server;

  private HostileSite(LoopbackServer server) {
    this.server = server;
  }

  static HostileSite open() throws IOException {
    return new HostileSite(LoopbackServer.open(HostileSite::serve));
  }

  URI uri() {
    return server.uri("/");
  }

  private static void serve(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/robots.txt" ->
        send(exchange, 200, "text/plain", "User-agent: *\nDisallow: /vault\nCrawl-delay: 1\n");
      case "/" -> send(exchange, 200, "text/html; charset=utf-8", front());
      case "/page" ->
        send(
            exchange, 200, "text/html; charset=utf-8", "<title>A page</title><a href='/'>Back</a>");
      case "/moved" -> {
        exchange.getResponseHeaders().set("Location", "/page");
        send(exchange, 301, "text/html", "");
      }
      case "/stones.csv" -> send(exchange, 200, "text/csv", "agate,6.5");
      default -> send(exchange, 404, "text/html", "");
    }
  }

  private static String front() {
    var page = new StringBuilder("<title>" + TITLE.replace("<", "&lt;") + "</title>");
    for (var link :
        new String[] {"/moved", "/stones.csv", "/vault/1", "/gone?x='\"><script>hacked=1"}) {
      page.append("<a href=\"").append(link.replace("\"", "&quot;")).append("\">x</a>");
    }
    for (var i = 1; i < PAGES - 1; i++) {
      page.append("<a href='/page?number=").append(i).append("'>x</a>");
    }
    return page.toString();
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      var body = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

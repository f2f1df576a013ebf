package dev.touchstone.examples.cabinet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * The Mineral Cabinet, serving on a port of the loopback address until it is closed.
 *
 * <p>It behaves as the web does: some pages take their time, old addresses redirect, some
 * links lead nowhere, some rooms answer 503 with {@code Retry-After} to the first who asks, and
 * {@code robots.txt} closes the vault to robots.
 *
 * <p>Safe for use by several threads. Each request has a virtual thread of its own.
 */
public final class Cabinet implements AutoCloseable {

  private static final long SEED = 2026;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private static final String ROBOTS = """
      User-agent: *
      Disallow: /vault/
      """;

  private final Catalogue catalogue = new Catalogue(SEED);
  private final WebPages pages = new WebPages(catalogue);
  private final Faults faults = new Faults();
  private final Api api = new Api(catalogue, faults);
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private Cabinet(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  /**
   * Opens the cabinet on a free port.
   *
   * @throws IOException if no port can be had
   */
  public static Cabinet open() throws IOException {
    return open(0);
  }

  /**
   * Opens the cabinet on a port.
   *
   * @param port 0 for a free one
   * @throws IOException if the port cannot be had
   */
  public static Cabinet open(int port) throws IOException {
    var cabinet = new Cabinet(port);
    cabinet.server.start();
    return cabinet;
  }

  /** Returns the address of the first page, such as {@code http://127.0.0.1:40123/}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Returns the token that the API wants to see. */
  public String token() {
    return Api.TOKEN;
  }

  /** Returns how many HTML pages can be reached from the first one by a robot that obeys. */
  public int reachablePages() {
    var entranceAndAbout = 2;
    return entranceAndAbout + catalogue.rooms() + catalogue.minerals().size();
  }

  /** Returns how many requests came in below a first path segment, such as {@code "vault"}. */
  public long requestsBelow(String segment) {
    var count = requests.get(segment);
    return count == null ? 0 : count.sum();
  }

  /** Stops serving. Requests under way are given up. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = answer(exchange);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      var head = exchange.getRequestMethod().equals("HEAD");
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
      if (!head && body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(HttpExchange exchange) throws InterruptedException {
    var path = exchange.getRequestURI().getPath();
    var segments = path.substring(1).split("/", -1);
    requests.computeIfAbsent(segments[0], segment -> new LongAdder()).increment();
    if (segments.length == 1) {
      return top(path);
    }
    if (segments.length == 3 && segments[0].equals("api")) {
      var authorization = exchange.getRequestHeaders().getFirst("Authorization");
      return api.answer(segments[1], segments[2], authorization == null ? "" : authorization);
    }
    return segments.length == 2 ? below(path, segments[0], segments[1]) : notFound(path);
  }

  private Answer top(String path) {
    return switch (path) {
      case "/" -> Answer.html(200, pages.entrance());
      case "/about" -> Answer.html(200, pages.about());
      case "/catalogue.csv" -> Answer.text("text/csv; charset=utf-8", pages.csv());
      case "/robots.txt" -> Answer.text("text/plain; charset=utf-8", ROBOTS);
      default -> notFound(path);
    };
  }

  private Answer below(String path, String folder, String name) throws InterruptedException {
    return switch (folder) {
      case "rooms" -> catalogue.room(name).map(this::room).orElseGet(() -> notFound(path));
      case "old" ->
        isBelow(name, catalogue.minerals().size()) ? moved(Integer.parseInt(name)) : notFound(path);
      case "minerals" -> mineral(path, name);
      case "vault" -> Answer.html(200, "<title>The vault</title>No robots, please.");
      default -> notFound(path);
    };
  }

  private Answer room(int room) {
    return faults.isBusy(room) ? Answer.busy() : Answer.html(200, pages.room(room));
  }

  private Answer moved(int number) {
    return Answer.redirect(301, "/minerals/" + catalogue.mineral(number).slug());
  }

  private Answer mineral(String path, String slug) throws InterruptedException {
    var found = catalogue.mineral(slug);
    if (found.isEmpty()) {
      return notFound(path);
    }
    if (Faults.isSlow(found.get())) {
      Thread.sleep(Faults.SLOWNESS);
    }
    return Answer.html(200, pages.mineral(found.get()));
  }

  private Answer notFound(String path) {
    return Answer.html(404, pages.notFound(path));
  }

  private static boolean isBelow(String name, int bound) {
    return NUMBER.matcher(name).matches() && Integer.parseInt(name) < bound;
  }
}

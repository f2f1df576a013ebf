package dev.touchstone.examples.clients.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays what GitHub documents, over HTTP on loopback, and keeps what it was asked. */
final class GitHubServer implements AutoCloseable {

  static final String TOKEN = "ghp_touchstone";

  /** A request that came in. */
  record Seen(String method, String target, Map<String, List<String>> headers) {

    String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }
  }

  /** An answer; an empty body stands for none. */
  record Answer(int status, Map<String, String> headers, String body) {}

  private static final String LIMITED =
      "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes.\"}";

  private final HttpServer server;
  private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  GitHubServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  List<Seen> seen() {
    return seen;
  }

  /** The next request is refused for being too many, with the given headers, as 403 or 429. */
  void limitNext(int status, Map<String, String> headers) {
    next.add(new Answer(status, headers, LIMITED));
  }

  void answerNext(Answer answer) {
    next.add(answer);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var request = new Seen(
          exchange.getRequestMethod(),
          exchange.getRequestURI().toString(),
          Map.copyOf(exchange.getRequestHeaders()));
      seen.add(request);
      var prepared = next.poll();
      var answer = prepared == null ? answer(request, body) : prepared;
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
      var bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private Answer answer(Seen request, String body) {
    if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
      return new Answer(401, Map.of(), "{\"message\":\"Bad credentials\",\"status\":\"401\"}");
    }
    return switch (request.method() + " " + request.target().replaceFirst("\\?.*", "")) {
      case "GET /repos/octo/hello" -> repo(request);
      case "GET /repos/octo/hello/issues" -> issues(request);
      case "POST /repos/octo/hello/issues" -> opened(body);
      default -> new Answer(404, Map.of(), "{\"message\":\"Not Found\",\"status\":\"404\"}");
    };
  }

  private static Answer repo(Seen request) {
    var headers = Map.of("ETag", "\"v1\"", "Cache-Control", "private, max-age=0");
    return request.header("If-none-match").equals("\"v1\"")
        ? new Answer(304, headers, "")
        : new Answer(
            200,
            headers,
            "{\"id\":1,\"full_name\":\"octo/hello\",\"stargazers_count\":80,\"fork\":false}");
  }

  private Answer issues(Seen request) {
    var page = request.target().contains("page=2&") ? 2 : 1;
    var link = page == 1
        ? Map.of(
            "Link",
            "<%srepos/octo/hello/issues?page=2&per_page=100>; rel=\"next\", <%s>; rel=\"last\""
                .formatted(url(), url()))
        : Map.<String, String>of();
    return new Answer(
        200,
        link,
        "[{\"number\":%d,\"title\":\"page %d\",\"state\":\"open\"}]".formatted(3 - page, page));
  }

  private static Answer opened(String body) {
    return body.contains("\"title\":\"\"")
        ? new Answer(422, Map.of(), """
            {"message":"Validation Failed","status":"422",
             "errors":[{"resource":"Issue","field":"title","code":"missing_field"}]}
            """)
        : new Answer(201, Map.of(), "{\"number\":3,\"title\":\"new\",\"state\":\"open\"}");
  }
}

package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.tag;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.network.RedirectRules;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.examples.gateway.auth.ApiKeys;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Auth;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.WebRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends requests to the gateway as any client does, and shows what comes of them. A form is answered
 * with the address of its result, so that a page which brings itself up to date does not send it again.
 * For all threads.
 */
final class TryIt implements AutoCloseable {

  private static final int MOST = 20;
  private static final int MOST_BYTES = 1_000_000;
  private static final int MOST_SHOWN = 20_000;
  private static final Duration LONGER = Duration.ofSeconds(2);
  private static final String RESULT = "try";

  /** What was tried, and what came of it. Credentials are not kept. */
  private record Tried(
      String route,
      String path,
      Optional<ApiResponse<byte[]>> answer,
      Duration took,
      String error) {}

  private final GatewayData data;
  private final ConcurrentSkipListMap<Long, Tried> results = new ConcurrentSkipListMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final ApiClient client = ApiClient.builder()
      .retry(RetryPolicy.none())
      .redirects(RedirectRules.standard().maxHops(0))
      .maxResponseBytes(MOST_BYTES)
      .build();

  TryIt(GatewayData data) {
    this.data = data;
  }

  @Override
  public void close() {
    client.close();
  }

  // Sending

  /** Sends what a form asks for. */
  Answer send(WebRequest request) {
    var route = request.field("route").flatMap(data::route);
    if (route.isEmpty()) {
      return Answer.notFound("The definition has no such route, or not any more.");
    }
    var number = numbers.incrementAndGet();
    results.put(number, tried(route.get().route(), request));
    if (results.size() > MOST) {
      results.pollFirstEntry();
    }
    return new Answer.SeeOther(
        Terms.routeAddress(route.get().route().name()) + "&" + RESULT + "=" + number);
  }

  private Tried tried(RouteDefinition route, WebRequest request) {
    var path = request.field("path").orElse("");
    var began = System.nanoTime();
    try {
      var call =
          ApiRequest.get(address(path)).acceptAll().timeout(route.deadline().plus(LONGER));
      request.field("credential").ifPresent(secret -> authorize(call, route, secret));
      var answer = client.exchange(call.asBytes());
      var took = Duration.ofNanos(System.nanoTime() - began);
      return new Tried(route.name(), path, Optional.of(answer), took, "");
    } catch (ApiException | IllegalArgumentException e) {
      var took = Duration.ofNanos(System.nanoTime() - began);
      return new Tried(route.name(), path, Optional.empty(), took, String.valueOf(e.getMessage()));
    }
  }

  /* The path is appended, not resolved: "//evil.example/" is a path, however it looks. */
  private URI address(String path) {
    var expected =
        "expected a path of this gateway that begins with '/', with a value in the place of"
            + " each {name}, and percent-encoded, found '" + path + "'";
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(expected);
    }
    var gateway = data.gateway().uri();
    var isAnywhere = gateway.getHost().equals("0.0.0.0");
    var host = isAnywhere ? "127.0.0.1" : gateway.getHost();
    try {
      return URI.create("http://" + host + ":" + gateway.getPort() + path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private static void authorize(ApiRequest.Builder call, RouteDefinition route, String secret) {
    route.access().auth().ifPresent(auth -> {
      switch (auth) {
        case JWT -> call.header("Authorization", "Bearer " + secret);
        case KEY -> call.header(ApiKeys.FIELD, secret);
      }
    });
  }

  // Showing

  /** Returns the form for a route, and the result if the request asks for one. */
  Html panel(RouteDefinition route, WebRequest request) {
    if (!route.method().equals("GET") && !route.method().equals("*")) {
      return Panel.of("Try it", tag("p", "Only GET can be tried here.").styled("empty"));
    }
    var tried = request
        .parameter(RESULT)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .map(results::get)
        .filter(result -> result.route().equals(route.name()));
    var path = tried.map(Tried::path).orElse(route.path().toString());
    var content = Html.of(form(route, request, path), tried.map(this::result).orElse(Html.none()));
    return Panel.of(
        Width.FULL,
        "Try it",
        tag("span", "goes through the gateway as any request, limits included").styled("muted"),
        content);
  }

  private static Html form(RouteDefinition route, WebRequest request, String path) {
    var form = request.form("/routes/try").styled("try");
    form.add(hidden("route", route.name()));
    form.add(labelled("GET", field("text", "path").styled("path").with("value", path)));
    route
        .access()
        .auth()
        .ifPresent(auth -> form.add(labelled(
            auth == Auth.JWT ? "Token" : "Key",
            field("password", "credential").with("autocomplete", "off"))));
    return form.add(tag("button", "Send").with("type", "submit"));
  }

  private static Element field(String type, String name) {
    return tag("input").with("type", type).with("name", name).with("spellcheck", "false");
  }

  private static Element hidden(String name, String value) {
    return field("hidden", name).with("value", value);
  }

  private static Element labelled(String label, Element field) {
    return tag("label", tag("span", label), field);
  }

  private Html result(Tried tried) {
    if (tried.answer().isEmpty()) {
      return tag("p", "No answer: " + tried.error()).styled("answer bad");
    }
    var answer = tried.answer().get();
    var facts = tag("dl").styled("facts");
    var mood = answer.status() >= 500 ? "bad" : answer.status() >= 400 ? "warn" : "good";
    Terms.fact(
        facts, "Status", tag("span", Integer.toString(answer.status())).styled("state " + mood));
    Terms.fact(facts, "Took", Terms.time(tried.took()));
    answer
        .headers()
        .forEach((name, value) ->
            Terms.fact(facts, name, tag("span", Terms.field(name, value)).styled("code")));
    return tag(
            "div",
            tag("h3", "Answer to GET " + tried.path()),
            facts,
            tag("pre", text(answer))
                .with("tabindex", 0)
                .with("role", "region")
                .with("aria-label", "Body of the answer"),
            answer
                .headers()
                .first("X-Request-Id")
                .flatMap(data::request)
                .map(seen ->
                    RequestPages.calls(seen, Duration.ofNanos(seen.request().nanos())))
                .orElse(Html.none()))
        .styled("answer");
  }

  private static String text(ApiResponse<byte[]> answer) {
    var type = answer.headers().first("Content-Type").orElse("");
    var body = answer.body();
    if (body.length == 0) {
      return "(no body)";
    }
    if (!type.matches("(?i)(text/|application/([a-z.+-]*\\+)?(json|xml)).*")) {
      return "(" + Quantities.size(body.length) + " of " + (type.isEmpty() ? "no type" : type)
          + ")";
    }
    var text = new String(body, UTF_8);
    return text.length() <= MOST_SHOWN
        ? text
        : text.substring(0, MOST_SHOWN) + "\n… " + Quantities.size(body.length) + " in all";
  }
}

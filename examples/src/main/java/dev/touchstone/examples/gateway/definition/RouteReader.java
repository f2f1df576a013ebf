package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer;
import dev.touchstone.examples.gateway.route.PathTemplate;
import dev.touchstone.examples.yaml.YamlMapping;
import dev.touchstone.examples.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@link RouteDefinition}s. */
final class RouteReader {

  static final String[] KEYS = {
    "proxy", "calls", "merge", "deadline", "forward", "cache", "auth", "limit", "maxBody", "filters"
  };
  static final String[] CACHE_KEYS = {"shared", "staleWhileRevalidate", "staleIfError"};

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

  /** What belongs to a connection, or to what we ask ourselves. */
  private static final Set<String> OURS = Set.of(
      "accept-encoding",
      "connection",
      "content-length",
      "expect",
      "forwarded",
      "host",
      "if-match",
      "if-modified-since",
      "if-none-match",
      "if-range",
      "if-unmodified-since",
      "keep-alive",
      "proxy-authorization",
      "proxy-connection",
      "range",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "via",
      "x-real-ip",
      "x-request-deadline-ms",
      "x-request-id");

  /** What begins the names of fields by which the gateway says who calls, and from where. */
  private static final List<String> OUR_PREFIXES = List.of("x-authenticated-", "x-forwarded-");

  private final AuthDefinition auth;

  RouteReader(AuthDefinition auth) {
    this.auth = auth;
  }

  List<RouteDefinition> read(YamlNode node) {
    var routes = new ArrayList<RouteDefinition>();
    var given = node.anyMapping();
    given.values().forEach((name, value) -> routes.add(route(given, name, value)));
    if (routes.isEmpty()) {
      throw node.expected("at least one route such as 'GET /users/{id}: {proxy: \"users/{id}\"}'");
    }
    return routes;
  }

  private RouteDefinition route(YamlMapping routes, String name, YamlNode node) {
    var words = name.split(" +", -1);
    if (words.length != 2 || !METHODS.contains(words[0])) {
      throw routes.failure(
          name, "expected a method and a path such as 'GET /users/{id}', found '" + name + "'");
    }
    var given = node.mapping(KEYS);
    var answer = answer(given, node);
    var cache = given.find("cache").map(RouteReader::cache);
    if (cache.isPresent() && !words[0].equals("GET")) {
      throw given.failure("cache", "only answers to GET are kept; remove 'cache'");
    }
    if (cache.isPresent()
        && answer instanceof Answer.Proxy
        && given.find("auth").isPresent()) {
      throw given.failure(
          "cache",
          "a backend that is handed requests on is told who asks, and its answers"
              + " are not kept; remove 'cache' or 'auth', or use 'calls'");
    }
    if (words[0].equals("*") && answer instanceof Answer.Aggregate) {
      throw routes.failure(name, "a route with calls answers one method, such as GET");
    }
    return new RouteDefinition(
        node,
        words[0],
        path(routes, name, words[1]),
        given.find("deadline").map(CallReader::positive).orElse(DEADLINE),
        given.find("forward").map(RouteReader::fields).orElse(List.of()),
        answer,
        cache,
        AccessReader.read(given, auth),
        given.find("filters").map(FilterDefinition::read).orElse(List.of()));
  }

  private static PathTemplate path(YamlMapping routes, String name, String text) {
    try {
      return PathTemplate.of(text);
    } catch (IllegalArgumentException e) {
      throw routes.failure(name, String.valueOf(e.getMessage()));
    }
  }

  private static Answer answer(YamlMapping given, YamlNode node) {
    var proxy = given.find("proxy");
    var calls = given.find("calls");
    if (proxy.isPresent() == calls.isPresent()) {
      throw node.failure(
          "expected one of 'proxy' and 'calls', found " + (proxy.isPresent() ? "both" : "neither"));
    }
    if (calls.isPresent()) {
      return new Answer.Aggregate(
          calls(calls.get()),
          given.find("merge").map(n -> n.choice(MergePolicy.class)).orElse(MergePolicy.FAIL));
    }
    if (given.find("merge").isPresent()) {
      throw given.failure("merge", "'merge' says nothing without 'calls'; remove it");
    }
    return proxy(proxy.get());
  }

  private static Answer proxy(YamlNode node) {
    var template = Template.read(node);
    if (template.allReferences().findAny().isPresent() || !template.query().isEmpty()) {
      throw node.expected("a backend, and maybe the beginning of a path, such as users or users/v2,"
          + " which the path of the request is appended to");
    }
    return new Answer.Proxy(node, template);
  }

  private static List<CallDefinition> calls(YamlNode node) {
    var calls = new ArrayList<CallDefinition>();
    var given = node.anyMapping();
    given.values().forEach((name, value) -> {
      if (!NAME.matcher(name).matches()) {
        throw given.failure(
            name, "a call has a name of letters, digits and _, found '" + name + "'; rename it");
      }
      calls.add(CallReader.read(name, value));
    });
    if (calls.isEmpty()) {
      throw node.expected("at least one call such as {user: {get: \"users/{id}\"}}");
    }
    return calls;
  }

  private static List<String> fields(YamlNode node) {
    return node.items().stream()
        .map(item -> {
          if (!FIELD.matcher(item.text()).matches()) {
            throw item.expected("the name of a header field such as Accept-Language");
          }
          var name = item.text().toLowerCase(Locale.ROOT);
          if (OURS.contains(name) || OUR_PREFIXES.stream().anyMatch(name::startsWith)) {
            throw item.failure("'" + item.text() + "' is ours to write; remove it");
          }
          return name;
        })
        .toList();
  }

  private static CacheDefinition cache(YamlNode node) {
    var given = node.mapping(CACHE_KEYS);
    return new CacheDefinition(
        given.find("shared").map(CallReader::positive),
        given.find("staleWhileRevalidate").map(YamlNode::duration).orElse(Duration.ZERO),
        given.find("staleIfError").map(YamlNode::duration).orElse(Duration.ZERO));
  }
}

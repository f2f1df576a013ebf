package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.definition.BackendDefinition.Breaker;
import dev.touchstone.examples.gateway.definition.BackendDefinition.Example;
import dev.touchstone.examples.yaml.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a {@link BackendDefinition}. */
final class BackendReader {

  static final String[] KEYS = {
    "url", "timeout", "attempts", "concurrency", "breaker", "maxBytes", "headers", "examples"
  };
  static final String[] BREAKER_KEYS = {"failures", "of", "rest"};

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 2;
  private static final int CONCURRENCY = 256;
  private static final Breaker BREAKER = new Breaker(50, 20, Duration.ofSeconds(5));
  private static final long MAX_BYTES = 8_000_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern FIELD_NAME =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110, section 5.6.2
  private static final Pattern FIELD_VALUE = Pattern.compile("[\\t -~]+");
  private static final Pattern EXAMPLE = Pattern.compile("(GET|POST|PUT|PATCH|DELETE) /.*");

  private BackendReader() {}

  static BackendDefinition read(String name, YamlNode node, Path folder) {
    if (!NAME.matcher(name).matches()) {
      throw node.failure(
          "a backend is called by letters, digits, - and _, found '" + name + "'; rename it");
    }
    var given = node.mapping(KEYS);
    return new BackendDefinition(
        node,
        name,
        url(given.require("url")),
        given.find("timeout").map(CallReader::positive).orElse(TIMEOUT),
        given.find("attempts").map(n -> n.integer(1, 10)).orElse(ATTEMPTS),
        given.find("concurrency").map(n -> n.integer(1, 100_000)).orElse(CONCURRENCY),
        given.find("breaker").map(BackendReader::breaker).orElse(BREAKER),
        given.find("maxBytes").map(YamlNode::bytes).orElse(MAX_BYTES),
        given.find("headers").map(BackendReader::headers).orElse(Map.of()),
        given.find("examples").map(n -> examples(n, folder)).orElse(List.of()));
  }

  static URI url(YamlNode node) {
    try {
      var url = new URI(node.text());
      var isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isWeb
          && url.getHost() != null
          && url.getRawQuery() == null
          && url.getFragment() == null
          && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw node.expected(
        "an http or https address such as http://localhost:9001/v1, without query and credentials");
  }

  private static Breaker breaker(YamlNode node) {
    var given = node.mapping(BREAKER_KEYS);
    return new Breaker(
        given.find("failures").map(n -> n.integer(1, 100)).orElse(BREAKER.failures()),
        given.find("of").map(n -> n.integer(1, 10_000)).orElse(BREAKER.of()),
        given.find("rest").map(CallReader::positive).orElse(BREAKER.rest()));
  }

  private static Map<String, String> headers(YamlNode node) {
    var headers = new LinkedHashMap<String, String>();
    node.anyMapping().values().forEach((name, value) -> headers.put(name, header(name, value)));
    return headers;
  }

  /* What is wrong with a value is said without it: it may be a secret. */
  private static String header(String name, YamlNode value) {
    if (!FIELD_NAME.matcher(name).matches()) {
      throw value.failure(
          "a header field is called by letters, digits and -, found '" + name + "'; rename it");
    }
    if (!FIELD_VALUE.matcher(value.text()).matches()) {
      throw value.failure(
          "the value of '" + name + "' must be one line of visible ASCII; encode what is not");
    }
    return value.text();
  }

  private static List<Example> examples(YamlNode node, Path folder) {
    var examples = new ArrayList<Example>();
    node.anyMapping().values().forEach((request, value) -> {
      if (!EXAMPLE.matcher(request).matches()) {
        throw value.failure(
            "expected a method and a path such as 'GET /{id}', found '" + request + "'");
      }
      var file = file(value);
      examples.add(new Example(
          value,
          request,
          file.isEmpty() ? Optional.of(Literals.read(value)) : Optional.empty(),
          file.map(folder::resolve)));
    });
    return examples;
  }

  /* A value that is a mapping of just this name could be an answer, but hardly ever is. */
  private static Optional<String> file(YamlNode value) {
    return value.isMapping() && value.anyMapping().values().keySet().equals(Set.of("$file"))
        ? Optional.of(value.anyMapping().require("$file").text())
        : Optional.empty();
  }
}

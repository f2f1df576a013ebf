package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.yaml.YamlMapping;
import dev.touchstone.examples.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a {@link CallDefinition}. */
final class CallReader {

  static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  static final String[] KEYS = {
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "body",
    "forEach",
    "max",
    "parallel",
    "onError",
    "default",
    "stale",
    "keep",
    "drop",
    "rename",
    "into",
    "timeout"
  };

  private static final int MOST_ITEMS = 1_000;
  private static final int ITEMS = 50;
  private static final int PARALLEL = 8;
  private static final Duration STALE = Duration.ofMinutes(10);

  private enum Choice {
    REQUIRED,
    OPTIONAL,
    DEFAULT,
    STALE
  }

  private CallReader() {}

  static CallDefinition read(String name, YamlNode node) {
    var given = node.mapping(KEYS);
    var method = method(given, node);
    var body = given.find("body");
    if (body.isPresent() && (method.equals("get") || method.equals("delete"))) {
      throw given.failure("body", "'" + method + "' has no body; use post, put or patch");
    }
    return new CallDefinition(
        node,
        name,
        method.toUpperCase(Locale.ROOT),
        Template.read(given.require(method)),
        body.map(Literals::read),
        forEach(given),
        onError(given),
        shape(given),
        given.find("timeout").map(CallReader::positive));
  }

  private static String method(YamlMapping given, YamlNode node) {
    var methods =
        METHODS.stream().filter(method -> given.find(method).isPresent()).toList();
    if (methods.size() != 1) {
      throw node.failure("expected one of " + String.join(", ", METHODS)
          + " with an address such as \"users/{id}\", found "
          + (methods.isEmpty() ? "none" : String.join(", ", methods)));
    }
    return methods.getFirst();
  }

  private static Optional<ForEach> forEach(YamlMapping given) {
    var over = given.find("forEach");
    if (over.isEmpty()) {
      refuse(given, "max", "forEach");
      refuse(given, "parallel", "forEach");
      return Optional.empty();
    }
    var node = over.get();
    var reference = Reference.parse(node.text())
        .filter(Reference::isMany)
        .orElseThrow(() -> node.expected("a reference to a list such as orders[*].productId"));
    return Optional.of(new ForEach(
        reference,
        given.find("max").map(n -> n.integer(1, MOST_ITEMS)).orElse(ITEMS),
        given.find("parallel").map(n -> n.integer(1, MOST_ITEMS)).orElse(PARALLEL)));
  }

  private static OnError onError(YamlMapping given) {
    var choice = given.find("onError").map(n -> n.choice(Choice.class)).orElse(Choice.REQUIRED);
    if (choice != Choice.DEFAULT) {
      refuse(given, "default", "onError: default");
    }
    if (choice != Choice.STALE) {
      refuse(given, "stale", "onError: stale");
    }
    return switch (choice) {
      case REQUIRED -> new OnError.Required();
      case OPTIONAL -> new OnError.Omit();
      case DEFAULT -> new OnError.Default(Literals.read(given.require("default")));
      case STALE ->
        new OnError.Stale(given.find("stale").map(CallReader::positive).orElse(STALE));
    };
  }

  private static Shape shape(YamlMapping given) {
    var keep = given.find("keep").map(CallReader::names).orElse(List.of());
    var drop = given.find("drop").map(CallReader::names).orElse(List.of());
    if (!keep.isEmpty() && !drop.isEmpty()) {
      throw given.failure("drop", "'drop' says nothing beside 'keep'; remove one");
    }
    var rename = given.find("rename").map(CallReader::rename).orElse(Map.of());
    rename.values().stream()
        .filter(name -> keep.contains(name) && !rename.containsKey(name))
        .findFirst()
        .ifPresent(name -> {
          throw given.failure(
              "rename", "there is a member '" + name + "' already; use another name");
        });
    return new Shape(keep, drop, rename, given.find("into").map(YamlNode::text));
  }

  private static List<String> names(YamlNode node) {
    var names = node.items().stream().map(YamlNode::text).toList();
    if (names.isEmpty()) {
      throw node.expected("at least one name such as [id, name]");
    }
    return names;
  }

  private static Map<String, String> rename(YamlNode node) {
    var names = new LinkedHashMap<String, String>();
    node.anyMapping().values().forEach((old, other) -> {
      if (names.containsValue(other.text())) {
        throw other.failure("two members would be called '" + other.text() + "'; rename one only");
      }
      names.put(old, other.text());
    });
    return names;
  }

  private static void refuse(YamlMapping given, String name, String without) {
    if (given.find(name).isPresent()) {
      throw given.failure(name, "'%s' says nothing without '%s'".formatted(name, without));
    }
  }

  static Duration positive(YamlNode node) {
    var time = node.duration();
    if (time.isZero()) {
      throw node.expected("a length of time that is not 0");
    }
    return time;
  }
}

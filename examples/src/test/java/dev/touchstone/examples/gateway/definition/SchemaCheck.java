package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * As much of JSON Schema (draft 2020-12) as our schema uses; a keyword that it does not know fails, so that
 * none goes unchecked.
 */
final class SchemaCheck {

  private static final Set<String> NOTES =
      Set.of("$schema", "$defs", "title", "description", "default");

  private final JsonNode root;
  private final List<String> problems = new ArrayList<>();

  private SchemaCheck(JsonNode root) {
    this.root = root;
  }

  static List<String> problems(JsonNode schema, YamlNode value) {
    var check = new SchemaCheck(schema);
    check.check(schema, value, "");
    return check.problems;
  }

  private void check(JsonNode schema, YamlNode value, String at) {
    for (var keyword : schema.propertyNames()) {
      if (!NOTES.contains(keyword)) {
        check(keyword, schema, value, at);
      }
    }
  }

  private void check(String keyword, JsonNode schema, YamlNode value, String at) {
    var says = schema.get(keyword);
    switch (keyword) {
      case "$ref" -> check(root.at(says.stringValue().substring(1)), value, at);
      case "type" -> require(isOfType(says, value), at, "is not of type " + says);
      case "enum" ->
        require(
            says.valueStream().anyMatch(v -> v.stringValue().equals(value.anyText())),
            at,
            "is none of " + says);
      case "required" ->
        says.forEach(name -> require(
            value.isMapping() && value.anyMapping().find(name.stringValue()).isPresent(),
            at,
            "'" + name.stringValue() + "' is missing"));
      case "minProperties" ->
        require(value.anyMapping().values().size() >= says.intValue(), at, "has too few");
      case "minItems" -> require(value.items().size() >= says.intValue(), at, "has too few");
      case "items" -> value.items().forEach(item -> check(says, item, at + "/-"));
      case "properties" ->
        says.properties().forEach(entry -> {
          if (value.isMapping()) {
            value
                .anyMapping()
                .find(entry.getKey())
                .ifPresent(
                    member -> check(entry.getValue(), member, at + "/" + escaped(entry.getKey())));
          }
        });
      case "propertyNames" -> {
        var pattern = Pattern.compile(says.get("pattern").stringValue());
        value
            .anyMapping()
            .values()
            .keySet()
            .forEach(name -> require(
                pattern.matcher(name).find(),
                at + "/" + escaped(name),
                "is not a name like " + pattern));
      }
      case "additionalProperties" -> additional(says, schema, value, at);
      case "oneOf" -> {
        var matching = says.valueStream()
            .filter(each -> new SchemaCheck(root).passes(each, value))
            .count();
        require(
            matching == 1,
            at,
            matching == 0 ? "matches none of oneOf" : "matches several of oneOf");
      }
      default -> throw new AssertionError("the test does not know the keyword " + keyword);
    }
  }

  private boolean passes(JsonNode schema, YamlNode value) {
    check(schema, value, "");
    return problems.isEmpty();
  }

  private void additional(JsonNode says, JsonNode schema, YamlNode value, String at) {
    if (!value.isMapping()) {
      return;
    }
    value.anyMapping().values().forEach((name, member) -> {
      if (!schema.path("properties").has(name)) {
        if (says.isBoolean()) {
          require(says.booleanValue(), at + "/" + escaped(name), "is not allowed");
        } else {
          check(says, member, at + "/" + escaped(name));
        }
      }
    });
  }

  private static boolean isOfType(JsonNode types, YamlNode value) {
    return types.isArray()
        ? types.valueStream().anyMatch(type -> isOfType(type, value))
        : switch (types.stringValue()) {
          case "object" -> value.kind() == YamlNode.Kind.MAPPING;
          case "array" -> value.kind() == YamlNode.Kind.LIST;
          case "string" -> value.kind() == YamlNode.Kind.TEXT;
          case "integer" -> value.kind() == YamlNode.Kind.NUMBER;
          default -> throw new AssertionError("the test does not know the type " + types);
        };
  }

  private void require(boolean holds, String at, String problem) {
    if (!holds) {
      problems.add(at + ": " + problem);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

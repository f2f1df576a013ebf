package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import dev.touchstone.examples.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** Reads values in JSON that are written in YAML. */
final class Literals {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"); // RFC 8259, section 6

  private Literals() {}

  static JsonValue read(YamlNode node) {
    return switch (node.kind()) {
      case MAPPING -> {
        var members = new LinkedHashMap<String, JsonValue>();
        node.anyMapping().values().forEach((name, value) -> members.put(name, read(value)));
        yield new JsonObject(members);
      }
      case LIST -> new JsonArray(node.items().stream().map(Literals::read).toList());
      case NOTHING -> JsonLiteral.NULL;
      case FLAG -> node.flag() ? JsonLiteral.TRUE : JsonLiteral.FALSE;
      case NUMBER -> number(node);
      case TEXT -> new JsonText(node.anyText());
    };
  }

  private static JsonValue number(YamlNode node) {
    var text = node.text();
    if (!NUMBER.matcher(text).matches()) {
      throw node.expected("a number as JSON has them, such as 12 or -1.5e3, or a text in quotes");
    }
    return new JsonNumber(text);
  }
}

package dev.touchstone.examples.gateway.json;

import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;

/** Makes values of all kinds. */
public final class RandomJson {

  private RandomJson() {}

  public static JsonValue value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> new JsonText(text(random));
      case 1 ->
        new JsonNumber(
            random.nextInt(1_000) + "." + random.nextInt(100) + "e" + random.nextInt(500));
      case 2 -> JsonLiteral.values()[random.nextInt(3)];
      case 3 -> object(random, depth);
      default -> {
        var items = new ArrayList<JsonValue>();
        for (var i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield new JsonArray(items);
      }
    };
  }

  public static JsonObject object(Random random, int depth) {
    var members = new LinkedHashMap<String, JsonValue>();
    for (var i = random.nextInt(5); i > 0; i--) {
      members.put("m" + random.nextInt(8), value(random, Math.max(0, depth - 1)));
    }
    return new JsonObject(members);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 1, 0xD800)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

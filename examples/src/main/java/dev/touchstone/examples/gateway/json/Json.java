package dev.touchstone.examples.gateway.json;

import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes {@link JsonValue}, in UTF-8. Safe for use by several threads. */
public final class Json {

  /*
   * Jackson's parser hands out the text of a number without making a number of it, and its generator
   * takes one. Two members of the same name are refused: which of them counts depends on who reads, and
   * that has been used to slip past gateways.
   */

  private static final int DEEPEST = 200;

  private static final JsonFactory FACTORY = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
      .build();

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws MalformedJsonException if it is not one, has two members of the same name in one object, or is
   *     nested more than 200 deep
   */
  public static JsonValue read(byte[] bytes) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      if (parser.nextToken() == null) {
        throw new MalformedJsonException(1, 1);
      }
      var value = value(parser);
      if (parser.nextToken() != null) {
        var at = parser.currentTokenLocation();
        throw new MalformedJsonException(at.getLineNr(), at.getColumnNr());
      }
      return value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw at == null
          ? new MalformedJsonException(1, 1)
          : new MalformedJsonException(at.getLineNr(), at.getColumnNr());
    }
  }

  private static JsonValue value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> new JsonText(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
      case VALUE_TRUE -> JsonLiteral.TRUE;
      case VALUE_FALSE -> JsonLiteral.FALSE;
      case VALUE_NULL -> JsonLiteral.NULL;
      default -> throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private static JsonObject object(JsonParser parser) {
    var members = new LinkedHashMap<String, JsonValue>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new JsonObject(members);
  }

  private static JsonArray list(JsonParser parser) {
    var items = new ArrayList<JsonValue>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new JsonArray(items);
  }

  /**
   * Returns the value of what JSON maps to in Java: maps, lists, texts, numbers, booleans and null.
   *
   * @throws IllegalArgumentException if there is something else in it
   */
  public static JsonValue of(@Nullable Object value) {
    return switch (value) {
      case null -> JsonLiteral.NULL;
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<String, JsonValue>();
        map.forEach((name, member) -> members.put(String.valueOf(name), of(member)));
        yield new JsonObject(members);
      }
      case List<?> list -> new JsonArray(list.stream().map(Json::of).toList());
      case String text -> new JsonText(text);
      case Number number -> new JsonNumber(number.toString());
      case Boolean flag -> flag ? JsonLiteral.TRUE : JsonLiteral.FALSE;
      default ->
        throw new IllegalArgumentException(
            "expected what JSON maps to in Java, found a " + value.getClass().getName());
    };
  }

  /** Returns the value without white space. */
  public static byte[] write(JsonValue value) {
    var out = new ByteArrayOutputStream(1024);
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(value, generator);
    }
    return out.toByteArray();
  }

  private static void write(JsonValue value, JsonGenerator generator) {
    switch (value) {
      case JsonObject object -> {
        generator.writeStartObject();
        object.members().forEach((name, member) -> {
          generator.writeName(name);
          write(member, generator);
        });
        generator.writeEndObject();
      }
      case JsonArray list -> {
        generator.writeStartArray();
        list.items().forEach(item -> write(item, generator));
        generator.writeEndArray();
      }
      case JsonText text -> generator.writeString(text.value());
      case JsonNumber number -> generator.writeNumber(number.text());
      case JsonLiteral literal -> {
        switch (literal) {
          case TRUE -> generator.writeBoolean(true);
          case FALSE -> generator.writeBoolean(false);
          case NULL -> generator.writeNull();
        }
      }
    }
  }
}

package dev.touchstone.examples.taskqueue.admin;

import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.Redacted;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides what must not be shown of payloads: fields whose names tell of secrets, and components of
 * records that are marked with {@link Redacted}. Immutable.
 */
public final class Redaction {

  private static final String HIDDEN = "(hidden)";

  /** Parts of names, without what is between their words. */
  private static final List<String> SECRETS = List.of(
      "password",
      "passphrase",
      "passwd",
      "secret",
      "token",
      "apikey",
      "credential",
      "authorization",
      "cookie",
      "privatekey",
      "cardnumber",
      "iban",
      "cvc");

  private final Map<String, Set<String>> marked;

  private Redaction(Map<String, Set<String>> marked) {
    this.marked = marked;
  }

  /** Returns one that knows names only. */
  public static Redaction byName() {
    return new Redaction(Map.of());
  }

  /**
   * Returns one that knows names, and what is marked in these records and in those within them.
   *
   * @throws IllegalArgumentException if a record has no {@link JobKind}
   */
  public static Redaction of(Class<?>... records) {
    var marked = new HashMap<String, Set<String>>();
    for (var record : records) {
      var kind = record.getAnnotation(JobKind.class);
      if (kind == null) {
        throw new IllegalArgumentException(record.getName() + " has no @JobKind");
      }
      var names = marked.computeIfAbsent(kind.value(), first -> new HashSet<>());
      collect((Type) record, names, new HashSet<>());
    }
    return new Redaction(Map.copyOf(marked));
  }

  private static void collect(Type type, Set<String> names, Set<Class<?>> seen) {
    switch (type) {
      case ParameterizedType generic -> {
        collect(generic.getRawType(), names, seen);
        collectAll(generic.getActualTypeArguments(), names, seen);
      }
      case GenericArrayType array -> collect(array.getGenericComponentType(), names, seen);
      case WildcardType wildcard -> collectAll(wildcard.getUpperBounds(), names, seen);
      case Class<?> found when seen.add(found) -> collect(found, names, seen);
      default -> {} // a variable stands for one of the arguments
    }
  }

  private static void collectAll(Type[] types, Set<String> names, Set<Class<?>> seen) {
    for (var type : types) {
      collect(type, names, seen);
    }
  }

  private static void collect(Class<?> found, Set<String> names, Set<Class<?>> seen) {
    if (found.isArray()) {
      collect((Type) found.getComponentType(), names, seen);
    } else if (found.isSealed()) {
      collectAll(found.getPermittedSubclasses(), names, seen);
    } else if (found.isRecord()) {
      for (var component : found.getRecordComponents()) {
        if (component.isAnnotationPresent(Redacted.class)) {
          names.add(component.getName());
        }
        collect(component.getGenericType(), names, seen);
      }
    }
  }

  /** Returns a payload of this kind for people to read, without what must not be shown. */
  public String show(String kind, String payload) {
    try {
      var json = JsonMapper.shared().readTree(payload);
      hide(json, marked.getOrDefault(kind, Set.of()));
      return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JacksonException e) { // who knows what is in it
      return "(" + payload.length() + " characters that are no JSON)";
    }
  }

  private static void hide(JsonNode json, Set<String> names) {
    switch (json) {
      case ObjectNode object -> {
        for (var field : List.copyOf(object.propertyNames())) {
          if (names.contains(field) || isSecret(field)) {
            object.put(field, HIDDEN);
          } else {
            hide(object.get(field), names);
          }
        }
      }
      case ArrayNode array -> array.forEach(element -> hide(element, names));
      default -> {}
    }
  }

  private static boolean isSecret(String field) {
    var plain = field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return SECRETS.stream().anyMatch(plain::contains);
  }
}

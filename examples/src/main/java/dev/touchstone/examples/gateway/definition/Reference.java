package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A way to a value: {@code id}, {@code user.teamId}, {@code orders[*].productId}. Immutable.
 *
 * @param head what it starts from
 * @param steps where it goes from there, in order: the name of a member, or {@link #EACH}
 */
public record Reference(String head, List<String> steps) {

  /** The step to all items of a list. */
  public static final String EACH = "[*]";

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]*";
  private static final Pattern FORM = Pattern.compile(NAME + "(?:\\." + NAME + "|\\[\\*])*");
  private static final Pattern STEP = Pattern.compile(NAME + "|\\[\\*]");

  /** Copies the list. */
  public Reference {
    steps = List.copyOf(steps);
  }

  /** Reads a reference; empty if the text is none. */
  static Optional<Reference> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    var parts = STEP.matcher(text).results().map(part -> part.group()).toList();
    return Optional.of(new Reference(parts.getFirst(), parts.subList(1, parts.size())));
  }

  /** Returns whether it leads to any number of values. */
  public boolean isMany() {
    return steps.contains(EACH);
  }

  /**
   * Returns the values that it leads to, in order, from what its head stands for. What is not there, and
   * {@code null}, is left out.
   */
  public List<JsonValue> find(JsonValue from) {
    var found = List.of(from);
    for (var step : steps) {
      var next = new ArrayList<JsonValue>();
      for (var value : found) {
        switch (value) {
          case JsonArray list when step.equals(EACH) -> next.addAll(list.items());
          case JsonObject object -> object.find(step).ifPresent(next::add);
          default -> {} // it leads nowhere from here
        }
      }
      found = next;
    }
    return found.stream().filter(value -> value != JsonLiteral.NULL).toList();
  }

  /** Returns it as it is written. */
  @Override
  public String toString() {
    var text = new StringBuilder(head);
    for (var step : steps) {
      text.append(step.equals(EACH) ? step : "." + step);
    }
    return text.toString();
  }
}

package dev.touchstone.examples.pluginapp.edit;

import dev.touchstone.examples.yaml.YamlException;
import dev.touchstone.examples.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a line of the editor as an edit of a draft. */
final class EditLine {

  static final List<String> VERBS =
      List.of("name", "source", "sink", "add", "set", "unset", "remove", "move");

  private final List<String> words;
  private final Draft draft;

  private EditLine(List<String> words, Draft draft) {
    this.words = words;
    this.draft = draft;
  }

  /**
   * Returns what a line asks for.
   *
   * @throws EditException if it makes no sense, or not for this draft
   */
  static RecipeEdit parse(String line, Draft draft) {
    return new EditLine(split(line), draft).edit();
  }

  private RecipeEdit edit() {
    return switch (word(0, "a verb")) {
      case "name" -> new RecipeEdit.Rename(String.join(" ", words.subList(1, words.size())));
      case "source" -> new RecipeEdit.Put(new Place.OfSource(), Optional.of(step()));
      case "sink" -> new RecipeEdit.Put(new Place.OfSink(), Optional.of(step()));
      case "add" -> new RecipeEdit.Insert(draft.transforms().size(), step());
      case "set" -> set();
      case "unset" -> unset();
      case "remove" -> new RecipeEdit.Remove(index(1));
      case "move" -> new RecipeEdit.Move(index(1), index(2));
      default ->
        throw new EditException("'" + words.getFirst() + "' is no verb; there are "
            + String.join(", ", VERBS) + ", and undo, redo, macro, end, rollback");
    };
  }

  private RecipeEdit set() {
    var place = place();
    var changed = stepAt(place);
    for (var option : options(2).entrySet()) {
      changed = changed.with(option.getKey(), option.getValue());
    }
    return new RecipeEdit.Put(place, Optional.of(changed));
  }

  private RecipeEdit unset() {
    var place = place();
    var step = stepAt(place);
    var option = word(2, "the name of an option");
    if (!step.options().containsKey(option)) {
      throw new EditException(step.part() + " has no option '" + option + "'; it has "
          + step.options().keySet());
    }
    return new RecipeEdit.Put(place, Optional.of(step.without(option)));
  }

  private DraftStep stepAt(Place place) {
    return draft
        .at(place)
        .orElseThrow(() -> new EditException("there is no " + words.get(1) + " yet; add it first"));
  }

  private Place place() {
    return switch (word(1, "source, sink or the number of a transform")) {
      case "source" -> new Place.OfSource();
      case "sink" -> new Place.OfSink();
      default -> new Place.OfTransform(index(1));
    };
  }

  private DraftStep step() {
    return new DraftStep(word(1, "the name of a part"), options(2));
  }

  private String word(int position, String what) {
    if (words.size() <= position) {
      throw new EditException("expected " + what + " as word " + (position + 1) + " of the line");
    }
    return words.get(position);
  }

  /** Returns the index of a transform, from 0, that a word names, from 1. */
  private int index(int position) {
    var word = word(position, "the number of a transform");
    var count = draft.transforms().size();
    try {
      var number = Integer.parseInt(word);
      if (number >= 1 && number <= count) {
        return number - 1;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new EditException(
        "expected the number of one of the %d transforms, found '%s'".formatted(count, word));
  }

  private Map<String, String> options(int from) {
    var options = new LinkedHashMap<String, String>();
    for (var word : words.subList(Math.min(from, words.size()), words.size())) {
      var equals = word.indexOf('=');
      if (equals < 1) {
        throw new EditException("expected an option such as field=price, found '" + word + "'");
      }
      options.put(word.substring(0, equals), value(word.substring(equals + 1)));
    }
    return options;
  }

  private static String value(String text) {
    try {
      var node = YamlFile.parse("value", "{value: " + text + "}");
      return node.mapping("value").require("value").flow();
    } catch (YamlException e) {
      throw new EditException(
          "expected a value such as 12, [a, b] or \"a text\", found '" + text + "'", e);
    }
  }

  /** Splits at spaces that are neither in quotes nor in brackets. */
  private static List<String> split(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quote = '\0';
    var depth = 0;
    for (var character : line.strip().toCharArray()) {
      if (quote != '\0') {
        quote = character == quote ? '\0' : quote;
      } else if (character == '"' || character == '\'') {
        quote = character;
      } else if (character == '[' || character == '{') {
        depth++;
      } else if (character == ']' || character == '}') {
        depth--;
      }
      if (character == ' ' && quote == '\0' && depth == 0) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(character);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }
}

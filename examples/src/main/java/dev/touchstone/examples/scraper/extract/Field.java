package dev.touchstone.examples.scraper.extract;

import com.google.re2j.Pattern;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;

/** Takes one value from a place. */
sealed interface Field {

  /** Returns the values that are there: one at most, unless a list is asked for. */
  List<Object> find(Place place);

  /** Returns the value; empty if there is none. */
  default Optional<Object> findOne(Place place) {
    return find(place).stream().findFirst();
  }

  /**
   * A single value.
   *
   * @param source where its text comes from
   * @param match what of the text counts; its first group, if it has one
   * @param type what the text is turned into
   * @param format of a date
   */
  record Value(
      Source source, Optional<Pattern> match, ValueType type, Optional<DateTimeFormatter> format)
      implements Field {

    @Override
    public List<Object> find(Place place) {
      return values(place, Integer.MAX_VALUE);
    }

    @Override
    public Optional<Object> findOne(Place place) {
      return values(place, 1).stream().findFirst();
    }

    private List<Object> values(Place place, int max) {
      return source.find(place, type).stream()
          .limit(max)
          .flatMap(text -> matched(text, place).stream())
          .flatMap(text -> converted(text, place).stream())
          .toList();
    }

    private Optional<String> matched(String text, Place place) {
      if (match.isEmpty()) {
        return Optional.of(text);
      }
      var found = match.get().matcher(text);
      if (found.find()) {
        return Optional.ofNullable(found.group(Math.min(1, found.groupCount())));
      }
      place.report("expected %s, found %s".formatted(match.get().pattern(), quoted(text)));
      return Optional.empty();
    }

    private Optional<Object> converted(String text, Place place) {
      if (text.isBlank()) {
        return Optional.empty(); // as good as not there
      }
      var value = format.map(f -> Dates.find(text, f)).orElseGet(() -> type.convert(text, place));
      if (value.isEmpty()) {
        place.report("expected %s, found %s".formatted(type.expected(), quoted(text)));
      }
      return value;
    }

    private static String quoted(String text) {
      var line = text.strip().replaceAll("\\s+", " ");
      return "'" + (line.length() <= 40 ? line : line.substring(0, 40) + "...") + "'";
    }
  }

  /**
   * All values of a field, as one list.
   *
   * @param element the field
   */
  record ListOf(Field element) implements Field {

    @Override
    public List<Object> find(Place place) {
      return List.of(element.find(place));
    }
  }

  /**
   * Values with names.
   *
   * @param where the elements that they are in; the whole place if empty
   * @param fields the values
   */
  record ObjectOf(Optional<Evaluator> where, Map<String, Named> fields) implements Field {

    @Override
    public List<Object> find(Place place) {
      List<Element> elements = where
          .<List<Element>>map(css -> place.element().select(css))
          .orElseGet(() -> List.of(place.element()));
      var objects = new ArrayList<Object>();
      for (var element : elements) {
        Named.all(fields, place.at(element)).ifPresent(objects::add);
      }
      return objects;
    }
  }

  /**
   * A field of an item or an object.
   *
   * @param field how its value is found
   * @param isRequired whether the whole is worth nothing without it
   * @param fallback its value where the page has none
   */
  record Named(Field field, boolean isRequired, Optional<Object> fallback) {

    /** Returns the values by their names; empty if a required one is missing. */
    static Optional<Map<String, @Nullable Object>> all(Map<String, Named> fields, Place place) {
      var values = new LinkedHashMap<String, @Nullable Object>();
      var isComplete = true;
      for (var entry : fields.entrySet()) {
        var named = entry.getValue();
        var at = place.of(entry.getKey());
        var value = named.field().findOne(at).or(named::fallback);
        if (named.isRequired() && value.filter(v -> !v.equals(List.of())).isEmpty()) {
          at.report("it is required, and not there");
          isComplete = false;
        }
        values.put(entry.getKey(), value.orElse(null));
      }
      return isComplete ? Optional.of(values) : Optional.empty();
    }
  }
}

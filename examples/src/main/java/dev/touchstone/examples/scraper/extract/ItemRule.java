package dev.touchstone.examples.scraper.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;

/**
 * How one kind of item is taken from pages.
 *
 * @param kind what it is called
 * @param when what must be on the page; empty for any page
 * @param each the elements that are one item each; the page is one item if empty
 * @param fields its fields
 */
record ItemRule(
    String kind, Optional<Source> when, Optional<Evaluator> each, Map<String, Field.Named> fields) {

  List<Item> find(Place place) {
    if (when.isPresent() && when.get().find(place, ValueType.TEXT).isEmpty()) {
      return List.of();
    }
    List<Element> elements = each.<List<Element>>map(css -> place.element().select(css))
        .orElseGet(() -> List.of(place.element()));
    var items = new ArrayList<Item>();
    for (var element : elements) {
      Field.Named.all(fields, place.at(element)).map(v -> new Item(kind, v)).ifPresent(items::add);
    }
    return items;
  }
}

package dev.touchstone.examples.scraper.extract;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of {@link Source}. */
final class Sources {

  private Sources() {}

  /** The elements that a CSS selector selects, or an attribute of them. */
  static Source css(Evaluator selector, Optional<String> attribute) {
    return (place, type) -> texts(place.element().select(selector), attribute, type);
  }

  /** The elements that an XPath expression selects, or an attribute of them. */
  static Source xpath(String expression, Optional<String> attribute) {
    return (place, type) -> {
      try {
        return texts(place.element().selectXpath(expression), attribute, type);
      } catch (IllegalStateException e) { // it selects a number, or nothing that is an element
        place.report("expected an XPath expression that selects elements: " + e.getMessage());
        return List.of();
      }
    };
  }

  private static List<String> texts(
      List<Element> elements, Optional<String> attribute, ValueType type) {
    return attribute
        .map(name -> elements.stream()
            .filter(e -> e.hasAttr(name))
            .map(e -> e.attr(name))
            .toList())
        .orElseGet(() -> elements.stream().map(type::textOf).toList());
  }

  /** What a pattern finds in the source of the page; its first group, if it has one. */
  static Source regex(Pattern pattern) {
    return (place, type) -> {
      var found = new ArrayList<String>();
      var matcher = pattern.matcher(place.page().source());
      while (matcher.find()) {
        Optional.ofNullable(matcher.group(Math.min(1, matcher.groupCount()))).ifPresent(found::add);
      }
      return found;
    };
  }

  /** The contents of the meta elements of a name or a property. */
  static Source meta(String name) {
    return (place, type) -> place.page().document().select("meta[content]").stream()
        .filter(meta -> Stream.of("name", "property", "itemprop")
            .anyMatch(attribute -> meta.attr(attribute).equalsIgnoreCase(name)))
        .map(meta -> meta.attr("content"))
        .toList();
  }

  /**
   * What the JSON-LD of the page says: the first word of the path is a type, the others are properties.
   *
   * <p><b>Source:</b> JSON-LD 1.1, section 7.1, on scripts in HTML. Contexts are not resolved: pages use
   * the short names of schema.org.
   */
  static Source jsonLd(List<String> path) {
    return (place, type) -> {
      var found = new ArrayList<String>();
      for (var script : place.page().document().select("script[type=application/ld+json]")) {
        try {
          collect(JsonMapper.shared().readTree(script.data()), path, found);
        } catch (JacksonException e) {
          place.report("expected JSON-LD, found what is not JSON");
        }
      }
      return found;
    };
  }

  private static void collect(JsonNode node, List<String> path, List<String> found) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, path, found));
    } else if (node.isObject()) {
      if (isA(node.path("@type"), path.getFirst())) {
        walk(node, path.subList(1, path.size()), found);
      } else {
        node.forEach(value -> collect(value, path, found)); // @graph, or nested
      }
    }
  }

  private static boolean isA(JsonNode type, String name) {
    return type.isArray()
        ? type.valueStream().anyMatch(one -> isA(one, name))
        : type.asString("").equals(name);
  }

  private static void walk(JsonNode node, List<String> path, List<String> found) {
    if (node.isArray()) {
      node.forEach(element -> walk(element, path, found));
    } else if (path.isEmpty()) {
      if (node.isValueNode() && !node.isNull()) {
        found.add(node.asString());
      }
    } else {
      walk(node.path(path.getFirst()), path.subList(1, path.size()), found);
    }
  }
}

package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.scraper.extract.Extractor;
import dev.touchstone.examples.scraper.extract.Item;
import dev.touchstone.examples.scraper.page.PageParser;
import dev.touchstone.examples.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what is taken from a {@link Fixture} with what its definition expects. */
public final class FixtureCheck {

  private static final String KIND = "item";

  private FixtureCheck() {}

  /**
   * Returns what is not as expected, each in one line; empty if everything is. Fields that the fixture
   * does not mention are not compared.
   *
   * @param content the page
   * @throws dev.touchstone.examples.yaml.YamlException if what is expected cannot be
   */
  public static List<String> differences(Fixture fixture, byte[] content, Extractor extractor) {
    var page = PageParser.parse(content, Optional.empty(), fixture.url());
    var harvest = extractor.harvest(page);
    var expected = fixture.expect().items();
    var differences = new ArrayList<String>();
    harvest.problems().forEach(p -> differences.add(p.field() + ": " + p.text()));
    if (expected.size() != harvest.items().size()) {
      differences.add("expected %d items, found %d: %s"
          .formatted(expected.size(), harvest.items().size(), harvest.items()));
      return differences;
    }
    for (var i = 0; i < expected.size(); i++) {
      compare(expected.get(i), harvest.items().get(i), differences);
    }
    return differences;
  }

  private static void compare(YamlNode expected, Item item, List<String> differences) {
    expected.anyMapping().values().forEach((name, value) -> {
      if (!name.equals(KIND) && !item.values().containsKey(name)) {
        throw value.unknown(name, item.values().keySet());
      }
      var found = name.equals(KIND) ? item.kind() : item.values().get(name);
      if (!isEqual(value, found)) {
        differences.add(
            "%s.%s: expected %s, found %s".formatted(item.kind(), name, text(value), found));
      }
    });
  }

  private static boolean isEqual(YamlNode expected, @Nullable Object found) {
    return switch (found) {
      case null -> false;
      case List<?> list -> expected.isList() && areEqual(expected.items(), list);
      case Map<?, ?> map ->
        expected.isMapping()
            && expected.anyMapping().values().entrySet().stream()
                .allMatch(entry -> isEqual(entry.getValue(), map.get(entry.getKey())));
      case BigDecimal number -> isText(expected) && expected.decimal().compareTo(number) == 0;
      default -> isText(expected) && expected.text().equals(found.toString());
    };
  }

  private static boolean areEqual(List<YamlNode> expected, List<?> found) {
    if (expected.size() != found.size()) {
      return false;
    }
    for (var i = 0; i < found.size(); i++) {
      if (!isEqual(expected.get(i), found.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(YamlNode node) {
    return !node.isList() && !node.isMapping();
  }

  private static String text(YamlNode node) {
    if (node.isList()) {
      return node.items().stream().map(FixtureCheck::text).toList().toString();
    }
    return node.isMapping() ? "the mapping in the definition" : node.text();
  }
}

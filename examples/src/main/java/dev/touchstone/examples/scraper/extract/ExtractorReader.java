package dev.touchstone.examples.scraper.extract;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.touchstone.examples.yaml.YamlMapping;
import dev.touchstone.examples.yaml.YamlNode;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Reads an {@link Extractor} from the entries {@code items} and {@code follow} of a definition. */
public final class ExtractorReader {

  private static final List<String> SOURCES = List.of("css", "xpath", "regex", "meta", "json-ld");
  private static final String[] FIELD = {
    "css",
    "xpath",
    "regex",
    "meta",
    "json-ld",
    "attr",
    "match",
    "type",
    "format",
    "required",
    "default",
    "list",
    "object"
  };

  private ExtractorReader() {}

  /**
   * Reads what to take from pages.
   *
   * @param items what to take; nothing if empty
   * @param follow the rules for links, those of the sitemaps left out; every link if empty
   * @param added the extractors that items may name as {@code plugin}
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   */
  public static Extractor read(
      Optional<YamlNode> items, List<YamlNode> follow, ItemExtractors added) {
    var rules = new ArrayList<ItemRule>();
    var plugins = new LinkedHashMap<String, ItemExtractor>();
    items.ifPresent(node -> node.anyMapping().values().forEach((kind, item) -> {
      if (item.isMapping() && item.anyMapping().find("plugin").isPresent()) {
        plugins.put(checked(kind, item), plugin(item, added));
      } else {
        rules.add(item(kind, item));
      }
    }));
    return new Extractor(
        rules, plugins, follow.stream().map(ExtractorReader::follow).toList());
  }

  private static ItemExtractor plugin(YamlNode node, ItemExtractors added) {
    var name = node.mapping("plugin").require("plugin");
    if (!added.names().contains(name.text())) {
      throw name.unknown(name.text(), added.names());
    }
    return added.get(name.text());
  }

  private static String checked(String kind, YamlNode node) {
    if (!kind.matches("[A-Za-z]\\w*")) {
      throw node.failure(
          "the name of an item must be made of letters, digits and underscores, was '" + kind
              + "'");
    }
    return kind;
  }

  private static ItemRule item(String kind, YamlNode node) {
    var item = node.mapping("when", "each", "fields");
    requireColumns(item.require("fields"));
    return new ItemRule(
        checked(kind, node),
        item.find("when").map(ExtractorReader::source),
        item.find("each").map(ExtractorReader::selector),
        fields(item.require("fields")));
  }

  /** The fields of an item become columns beside those of the page; SQLite ignores their case. */
  private static void requireColumns(YamlNode fields) {
    var taken = new HashSet<>(Set.of("url", "item", "page"));
    fields.anyMapping().values().forEach((name, field) -> {
      if (!taken.add(name.toLowerCase(Locale.ROOT))) {
        throw field.failure("the name '" + name + "' is taken; choose another one");
      }
    });
  }

  private static Map<String, Field.Named> fields(YamlNode node) {
    var fields = new LinkedHashMap<String, Field.Named>();
    node.anyMapping().values().forEach((name, field) -> fields.put(name, named(field)));
    if (fields.isEmpty()) {
      throw node.expected("at least one field such as 'title: {css: h1}'");
    }
    return fields;
  }

  private static Field.Named named(YamlNode node) {
    if (!node.isMapping()) {
      return new Field.Named(field(node), false, Optional.empty());
    }
    var mapping = node.mapping(FIELD);
    var fallback = mapping.find("default").map(YamlNode::text);
    var isRequired = mapping.find("required").map(YamlNode::flag).orElse(false);
    if (isRequired && fallback.isPresent()) {
      throw mapping
          .require("default")
          .failure("a required field needs no default; remove one of the two");
    }
    return new Field.Named(field(node), isRequired, fallback.map(f -> f));
  }

  private static Field field(YamlNode node) {
    if (!node.isMapping()) {
      return new Field.Value(source(node), Optional.empty(), ValueType.TEXT, Optional.empty());
    }
    var mapping = node.mapping(FIELD);
    if (mapping.find("list").isPresent()) {
      requireOnly(mapping, "list", Set.of("required"));
      return new Field.ListOf(field(mapping.require("list")));
    }
    if (mapping.find("object").isPresent()) {
      requireOnly(mapping, "object", Set.of("css", "required"));
      return new Field.ObjectOf(
          mapping.find("css").map(ExtractorReader::css), fields(mapping.require("object")));
    }
    var type = mapping.find("type").map(n -> n.choice(ValueType.class)).orElse(ValueType.TEXT);
    return new Field.Value(
        source(node, mapping),
        mapping.find("match").map(ExtractorReader::pattern),
        type,
        mapping.find("format").map(format -> format(format, type)));
  }

  private static void requireOnly(YamlMapping mapping, String kind, Set<String> others) {
    mapping.values().forEach((name, value) -> {
      if (!name.equals(kind) && !others.contains(name)) {
        throw value.failure("'%s' does not go with '%s'; remove it, or move it into the %s"
            .formatted(name, kind, kind));
      }
    });
  }

  private static DateTimeFormatter format(YamlNode node, ValueType type) {
    if (type != ValueType.DATE) {
      throw node.failure("only a field with 'type: date' has a format");
    }
    try {
      return Dates.format(node.text());
    } catch (IllegalArgumentException e) {
      throw node.expected("a pattern such as d.M.uuuu (" + e.getMessage() + ")");
    }
  }

  /** Reads {@code "css: h1"}, or {@code {css: h1, attr: id}}. */
  private static Source source(YamlNode node) {
    if (node.isMapping()) {
      return source(node, node.mapping("css", "xpath", "regex", "meta", "json-ld", "attr"));
    }
    var text = node.text();
    var colon = text.indexOf(':');
    if (colon < 0) {
      throw node.expected("a source such as 'css: h1'");
    }
    var kind = text.substring(0, colon).strip();
    if (!SOURCES.contains(kind)) {
      throw node.unknown(kind, SOURCES);
    }
    return source(kind, node, text.substring(colon + 1).strip(), Optional.empty());
  }

  private static Source source(YamlNode node, YamlMapping mapping) {
    var kinds = SOURCES.stream().filter(kind -> mapping.find(kind).isPresent()).toList();
    if (kinds.size() != 1) {
      throw node.failure("expected one of %s, found %s"
          .formatted(
              String.join(", ", SOURCES), kinds.isEmpty() ? "none" : String.join(" and ", kinds)));
    }
    var kind = kinds.getFirst();
    var attribute = mapping.find("attr");
    if (attribute.isPresent() && !kind.equals("css") && !kind.equals("xpath")) {
      throw attribute.get().failure("only css and xpath select elements, which have attributes");
    }
    var value = mapping.require(kind);
    return source(kind, value, value.text(), attribute.map(YamlNode::text));
  }

  private static Source source(
      String kind, YamlNode node, String text, Optional<String> attribute) {
    return switch (kind) {
      case "css" -> Sources.css(css(node, text), attribute);
      case "xpath" -> Sources.xpath(xpath(node, text), attribute);
      case "regex" -> Sources.regex(pattern(node, text));
      case "meta" -> Sources.meta(text);
      default -> Sources.jsonLd(List.of(text.split("\\.")));
    };
  }

  /** Reads {@code "css: .row"} or {@code .row}, where nothing but CSS is possible. */
  private static Evaluator selector(YamlNode node) {
    var text = node.text();
    return css(node, text.startsWith("css:") ? text.substring("css:".length()).strip() : text);
  }

  private static Evaluator css(YamlNode node) {
    return css(node, node.text());
  }

  private static Evaluator css(YamlNode node, String text) {
    try {
      return Selector.evaluatorOf(text);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw node.expected("a CSS selector (" + e.getMessage() + ")");
    }
  }

  private static String xpath(YamlNode node, String text) {
    try {
      XPathFactory.newInstance().newXPath().compile(text);
      return text;
    } catch (XPathExpressionException e) {
      throw node.expected("an XPath expression that selects elements (" + e.getMessage() + ")");
    }
  }

  private static FollowRule follow(YamlNode node) {
    var mapping = node.mapping("css", "pattern", "priority", "sitemap");
    return new FollowRule(
        mapping.find("css").map(ExtractorReader::css),
        mapping.find("pattern").map(ExtractorReader::pattern),
        mapping.find("priority").map(n -> n.integer(-1_000, 1_000)).orElse(0));
  }

  /**
   * Reads a regular expression, as it is written in a definition.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if it is none that RE2 knows, which has neither
   *     look-around nor back-references and therefore takes linear time
   */
  public static Pattern pattern(YamlNode node) {
    return pattern(node, node.text());
  }

  private static Pattern pattern(YamlNode node, String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw node.expected("a regular expression in the syntax of RE2 (" + e.getDescription() + ")");
    }
  }
}

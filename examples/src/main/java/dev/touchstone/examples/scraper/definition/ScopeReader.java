package dev.touchstone.examples.scraper.definition;

import static dev.touchstone.examples.scraper.definition.DefinitionReader.integer;

import com.google.re2j.Pattern;
import dev.touchstone.examples.scraper.extract.ExtractorReader;
import dev.touchstone.examples.scraper.rule.Budget;
import dev.touchstone.examples.scraper.rule.Filters;
import dev.touchstone.examples.scraper.rule.Rule;
import dev.touchstone.examples.scraper.rule.Rules;
import dev.touchstone.examples.yaml.YamlMapping;
import dev.touchstone.examples.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the entry {@code scope} of a definition. */
final class ScopeReader {

  private static final int DEPTH = 100;
  private static final int MOST = Integer.MAX_VALUE;

  private ScopeReader() {}

  static YamlMapping mapping(YamlNode node) {
    return node.mapping(
        "domains",
        "maxPages",
        "maxDepth",
        "maxLength",
        "maxSegments",
        "maxRepeats",
        "perHost",
        "perShape",
        "include",
        "exclude");
  }

  /** Returns the rule for the sites; empty if they are those of the seeds. */
  static Optional<Rule> sites(YamlNode node) {
    return mapping(node)
        .find("domains")
        .map(domains ->
            Rules.domains(domains.items().stream().map(YamlNode::text).toList()));
  }

  static Supplier<Filters> filters(Optional<YamlNode> node) {
    if (node.isEmpty()) {
      return Filters::standard;
    }
    var given = mapping(node.get());
    var rules = rules(given);
    var perHost = given.find("perHost").map(n -> n.integer(1, MOST));
    var perShape = given.find("perShape").map(n -> n.integer(1, MOST));
    return () -> {
      var budgets = new ArrayList<Budget>();
      perHost.map(Budget::perHost).ifPresent(budgets::add);
      perShape.map(Budget::perShape).ifPresent(budgets::add);
      return new Filters(rules, budgets);
    };
  }

  private static List<Rule> rules(YamlMapping given) {
    var rules = new ArrayList<Rule>();
    rules.add(Rules.depth(integer(given, "maxDepth", MOST, DEPTH)));
    rules.add(Rules.length(integer(given, "maxLength", MOST, Rules.MAX_LENGTH)));
    rules.add(Rules.segments(integer(given, "maxSegments", MOST, Rules.MAX_SEGMENTS)));
    rules.add(Rules.repeats(integer(given, "maxRepeats", MOST, Rules.MAX_REPEATS)));
    patterns(given, "include").stream().map(Rules::matches).reduce(Rule::or).ifPresent(rules::add);
    patterns(given, "exclude")
        .forEach(pattern -> rules.add(Rules.matches(pattern).not()));
    return rules;
  }

  private static List<Pattern> patterns(YamlMapping given, String name) {
    return given.find(name).map(YamlNode::items).orElse(List.of()).stream()
        .map(ExtractorReader::pattern)
        .toList();
  }
}

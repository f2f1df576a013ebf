package dev.touchstone.plugins.refine;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowStep;
import dev.touchstone.examples.pluginapp.api.Transform;
import dev.touchstone.examples.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Keeps the rows whose field is as it is said. */
public final class Filter implements Transform {

  private static final List<String> CONDITIONS = List.of("is", "matches", "above", "below");

  @Override
  public String name() {
    return "filter";
  }

  @Override
  public String about() {
    return "keeps rows whose field is a text, matches an expression, or lies above or below a"
        + " number";
  }

  @Override
  public List<String> options() {
    return List.of("field", "is", "matches", "above", "below");
  }

  @Override
  public void check(Assignment assignment) {
    condition(assignment);
  }

  @Override
  public RowStep open(Assignment assignment) {
    var condition = condition(assignment);
    return row -> condition.test(row) ? List.of(row) : List.of();
  }

  private static Predicate<Row> condition(Assignment assignment) {
    var field = assignment.require("field").text();
    var conditions = new ArrayList<Predicate<Row>>();
    assignment
        .find("is")
        .map(YamlNode::text)
        .ifPresent(
            text -> conditions.add(row -> row.text(field).filter(text::equals).isPresent()));
    assignment
        .find("matches")
        .map(Filter::pattern)
        .ifPresent(pattern -> conditions.add(
            row -> row.text(field).filter(text -> pattern.matcher(text).find()).isPresent()));
    assignment
        .find("above")
        .map(YamlNode::decimal)
        .ifPresent(bound ->
            conditions.add(row -> holds(row, field, number -> number.compareTo(bound) > 0)));
    assignment
        .find("below")
        .map(YamlNode::decimal)
        .ifPresent(bound ->
            conditions.add(row -> holds(row, field, number -> number.compareTo(bound) < 0)));
    if (conditions.isEmpty()) {
      throw assignment.options().expected("one of " + String.join(", ", CONDITIONS));
    }
    return row -> conditions.stream().allMatch(condition -> condition.test(row));
  }

  private static boolean holds(Row row, String field, Predicate<BigDecimal> condition) {
    return row.number(field).filter(condition).isPresent();
  }

  private static Pattern pattern(YamlNode node) {
    try {
      return Pattern.compile(node.text());
    } catch (PatternSyntaxException e) {
      throw node.expected("a regular expression (" + e.getDescription() + ")");
    }
  }
}

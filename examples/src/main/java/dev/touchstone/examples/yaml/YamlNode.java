package dev.touchstone.examples.yaml;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value in a configuration file that knows where it stands. Each method says what the value must be,
 * and fails with a {@link YamlException} if it is something else. Immutable.
 */
public final class YamlNode {

  private static final int LONGEST_QUOTE = 40;

  /** Words that are texts in any place, and no number, flag or null. */
  private static final Pattern PLAIN = Pattern.compile(
      "(?!(?:true|false|null|yes|no|on|off)$)[\\p{L}_][\\p{L}\\d_./-]*", Pattern.CASE_INSENSITIVE);

  /** What stands in a place. */
  public enum Kind {
    /** Entries with names. */
    MAPPING,
    /** Items. */
    LIST,
    /** {@code null}, or nothing at all. */
    NOTHING,
    /** {@code true} or {@code false}, without quotes. */
    FLAG,
    /** A number, without quotes. */
    NUMBER,
    /** Any other single value. */
    TEXT
  }

  private final Origin origin;
  private final Node node;

  YamlNode(Origin origin, Node node) {
    this.origin = requireNonNull(origin, "origin");
    this.node = requireNonNull(node, "node");
  }

  /**
   * Returns the entries of a mapping whose names are known.
   *
   * @param names the valid names
   * @throws YamlException if this is no mapping, or has another name
   */
  public YamlMapping mapping(String... names) {
    var mapping = anyMapping();
    mapping.allow(List.of(names));
    return mapping;
  }

  /**
   * Returns the entries of a mapping whose names are up to the one who writes it.
   *
   * @throws YamlException if this is no mapping
   */
  public YamlMapping anyMapping() {
    if (node instanceof MappingNode mapping) {
      return YamlMapping.of(origin, this, mapping);
    }
    throw expected("a mapping such as 'name: value'");
  }

  /** Returns what stands here. */
  public Kind kind() {
    return switch (node) {
      case MappingNode mapping -> Kind.MAPPING;
      case SequenceNode list -> Kind.LIST;
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> Kind.NOTHING;
      case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) -> Kind.FLAG;
      case ScalarNode scalar
      when scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT) -> Kind.NUMBER;
      default -> Kind.TEXT;
    };
  }

  /** Returns whether this is a mapping. */
  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** Returns whether this is a list. */
  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /**
   * Returns the items of a list.
   *
   * @throws YamlException if this is no list
   */
  public List<YamlNode> items() {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream()
          .map(item -> new YamlNode(origin, item))
          .toList();
    }
    throw expected("a list such as [a, b]");
  }

  /**
   * Returns a text; a number counts as one.
   *
   * @throws YamlException if this is no single value, or empty
   */
  public String text() {
    return scalar().filter(text -> !text.isBlank()).orElseThrow(() -> expected("a text"));
  }

  /**
   * Returns a text, which may be empty.
   *
   * @throws YamlException if this is no single value, or nothing
   */
  public String anyText() {
    return scalar().orElseThrow(() -> expected("a text"));
  }

  /**
   * Returns a whole number.
   *
   * @throws YamlException if this is none, or not between the two, both included
   */
  public int integer(int min, int max) {
    return scalar()
        .flatMap(YamlNode::wholeNumber)
        .filter(value -> value >= min && value <= max)
        .orElseThrow(() -> expected("a whole number from %d to %d".formatted(min, max)));
  }

  private static Optional<Integer> wholeNumber(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns a number.
   *
   * @throws YamlException if this is none
   */
  public BigDecimal decimal() {
    try {
      return new BigDecimal(scalar().orElse(""));
    } catch (NumberFormatException e) {
      throw expected("a number");
    }
  }

  /**
   * Returns whether this says {@code true}.
   *
   * @throws YamlException if it says neither {@code true} nor {@code false}
   */
  public boolean flag() {
    return switch (scalar().orElse("")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw expected("true or false");
    };
  }

  /**
   * Returns a length of time.
   *
   * @throws YamlException if this is none that {@link DurationText} understands
   */
  public Duration duration() {
    return scalar().flatMap(DurationText::parse).orElseThrow(() -> expected(DurationText.EXPECTED));
  }

  /**
   * Returns a number of bytes, at least 1, such as {@code 500}, {@code 64kB} or {@code 16MB}; a kB has
   * 1,000.
   *
   * @throws YamlException if this is none
   */
  public long bytes() {
    return scalar().flatMap(SizeText::parse).orElseThrow(() -> expected(SizeText.EXPECTED));
  }

  /**
   * Returns the constant that is named here, in lower case with hyphens.
   *
   * @throws YamlException if this names none
   */
  public <E extends Enum<E>> E choice(Class<E> type) {
    var constants = List.of(type.getEnumConstants());
    var names = constants.stream().map(YamlNode::nameOf).toList();
    var text = scalar().orElse("");
    if (names.contains(text)) {
      return constants.get(names.indexOf(text));
    }
    var hint = NearestName.to(text, names).map("; did you mean %s?"::formatted).orElse("");
    throw failure(
        "expected one of %s, found %s%s".formatted(String.join(", ", names), description(), hint));
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the exception that says that something else was expected here.
   *
   * @param what such as {@code an http address}
   */
  public YamlException expected(String what) {
    return failure("expected %s, found %s".formatted(what, description()));
  }

  /**
   * Returns the exception that says that a name is none of the valid ones, and which is nearest.
   *
   * @param name what stands here
   */
  public YamlException unknown(String name, Collection<String> valid) {
    var hint = NearestName.to(name, valid)
        .map("; did you mean '%s'?"::formatted)
        .orElse("; there are: " + String.join(", ", valid));
    return failure("'" + name + "' is not known here" + hint);
  }

  /**
   * Returns the exception that says what is wrong here.
   *
   * @param problem what was expected, what was found, what to do
   */
  public YamlException failure(String problem) {
    var mark = node.getStartMark();
    return new YamlException(
        origin.file(),
        mark.map(m -> m.getLine() + 1).orElse(1),
        mark.map(m -> m.getColumn() + 1).orElse(1),
        problem);
  }

  /** Returns the value as one line of YAML, which reads as the same again. */
  public String flow() {
    return flow(node);
  }

  private static String flow(Node node) {
    return switch (node) {
      case MappingNode mapping ->
        mapping.getValue().stream()
            .map(entry -> flow(entry.getKeyNode()) + ": " + flow(entry.getValueNode()))
            .collect(Collectors.joining(", ", "{", "}"));
      case SequenceNode list ->
        list.getValue().stream().map(YamlNode::flow).collect(Collectors.joining(", ", "[", "]"));
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "null";
      case ScalarNode scalar when scalar.getTag().equals(Tag.STR) -> quoted(scalar.getValue());
      case ScalarNode scalar -> scalar.getValue();
      default -> throw new AssertionError("no other nodes are read, but here is " + node);
    };
  }

  /** Returns a text as one line of YAML, in quotes unless it reads as that text without. */
  public static String quoted(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : JsonMapper.shared().writeValueAsString(text); // every string of JSON is one of YAML
  }

  private Optional<String> scalar() {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? Optional.of(origin.resolve(scalar.getValue(), this))
        : Optional.empty();
  }

  /** Says what stands here, for a message: a reference by its name, since it may be to a secret. */
  private String description() {
    return switch (node) {
      case MappingNode mapping -> "a mapping";
      case SequenceNode list -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode scalar -> "'" + clipped(scalar.getValue()) + "'";
      default -> "something else";
    };
  }

  private static String clipped(String text) {
    var line = String.join(" ", Arrays.asList(text.strip().split("\\s+")));
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
  }
}

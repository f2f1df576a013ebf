package dev.touchstone.examples.gateway.route;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of paths: {@code /users/{id}} stands for each path of two segments whose first is {@code
 * users} and whose second is not empty, {@code /files/{path*}} for each that begins with {@code
 * /files/}. A slash at the end counts. Immutable.
 */
public final class PathTemplate {

  /** A part of a template between two slashes. */
  sealed interface Segment {

    /** This text, compared after decoding. */
    record Literal(String text) implements Segment {}

    /** Any text but the empty one. */
    record Name(String name) implements Segment {}

    /** All that is left; only at the end. */
    record Rest(String name) implements Segment {}
  }

  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)(\\*?)}");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()*+,=:@-]*");

  private final String text;
  private final List<Segment> segments;
  private final List<String> names;

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
    names = segments.stream()
        .<String>mapMulti((segment, all) -> {
          switch (segment) {
            case Segment.Literal literal -> {}
            case Segment.Name name -> all.accept(name.name());
            case Segment.Rest rest -> all.accept(rest.name());
          }
        })
        .toList();
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong
   */
  public static PathTemplate of(String text) {
    requireNonNull(text, "text");
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path must begin with '/', was '" + text + "'");
    }
    var segments = new ArrayList<Segment>();
    var names = new HashSet<String>();
    for (var part : text.substring(1).split("/", -1)) {
      if (!segments.isEmpty() && segments.getLast() instanceof Segment.Rest rest) {
        throw new IllegalArgumentException("nothing may follow {" + rest.name()
            + "*}, which stands for all that is left, in '" + text + "'");
      }
      segments.add(segment(part, text, names));
    }
    return new PathTemplate(text, List.copyOf(segments));
  }

  private static Segment segment(String part, String text, Set<String> names) {
    var name = NAME.matcher(part);
    if (name.matches()) {
      if (!names.add(name.group(1))) {
        throw new IllegalArgumentException(
            "the name {" + name.group(1) + "} must be there once, was twice in '" + text + "'");
      }
      return name.group(2).isEmpty()
          ? new Segment.Name(name.group(1))
          : new Segment.Rest(name.group(1));
    }
    if (!LITERAL.matcher(part).matches() || part.equals(".") || part.equals("..")) {
      throw new IllegalArgumentException(
          "a segment must be a plain word, {name}, or {name*} at the end, was '" + part + "' in '"
              + text + "'");
    }
    return new Segment.Literal(part);
  }

  List<Segment> segments() {
    return segments;
  }

  /** Returns the names in braces, in order. */
  public List<String> names() {
    return names;
  }

  /** Returns whether this ends in {@code {name*}}. */
  public boolean hasRest() {
    return segments.getLast() instanceof Segment.Rest;
  }

  /**
   * Returns what of a path stands for {@code {name*}}, still percent-encoded; empty if this has no such
   * name.
   *
   * @param path one that fits
   */
  public String rest(String path) {
    if (!hasRest()) {
      return "";
    }
    var start = 0;
    for (var i = 0; i < segments.size(); i++) {
      start = path.indexOf('/', start) + 1;
    }
    return path.substring(start);
  }

  /** Returns the values under their names. */
  Map<String, String> bind(List<String> values) {
    var bound = new LinkedHashMap<String, String>();
    for (var i = 0; i < names.size(); i++) {
      bound.put(names.get(i), values.get(i));
    }
    return bound;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.touchstone.examples.web;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of a page. It is built by its methods, which return it; confined to one thread until it
 * is on a page.
 */
public final class Element implements Html {

  /*
   * Names come from the program, never from data, and are checked all the same: a name with a space
   * would add an attribute, "script" and "style" have content that is no text, "onclick" has a value
   * that is a program.
   */

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
  private static final Set<String> REFUSED =
      Set.of("script", "style", "iframe", "object", "embed", "base", "meta", "link", "template");
  private static final Set<String> EMPTY = Set.of("br", "hr", "img", "input", "wbr", "col");
  private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction");
  private static final Pattern SAFE_ADDRESS =
      Pattern.compile("https?://.*|/(?![/\\\\]).*|/|[?#].*", Pattern.DOTALL);

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Html> content = new ArrayList<>();

  /**
   * Creates an element.
   *
   * @throws IllegalArgumentException if the name is none, or of an element that can run a program
   */
  Element(String name) {
    if (!NAME.matcher(name).matches() || REFUSED.contains(name)) {
      throw new IllegalArgumentException(
          "name must be that of an element that cannot run a program, was '" + name + "'");
    }
    this.name = name;
  }

  /**
   * Sets an attribute. An address ({@code href}, {@code src}, {@code action}) must be of {@code http} or
   * {@code https}, or begin with {@code /}, {@code ?} or {@code #}; of any other, which may come with
   * the data and be {@code javascript:}, nothing is left.
   *
   * @throws IllegalArgumentException if the name is none, or of an attribute that holds a program or
   *     a style
   */
  public Element with(String attribute, String value) {
    requireNonNull(value, "value");
    if (!ATTRIBUTE.matcher(attribute).matches()
        || attribute.regionMatches(true, 0, "on", 0, 2)
        || attribute.equals("style")
        || attribute.equals("srcdoc")) {
      throw new IllegalArgumentException(
          "attribute must be the name of one that cannot run a program, was '" + attribute + "'");
    }
    if (!ADDRESSES.contains(attribute) || SAFE_ADDRESS.matcher(value).matches()) {
      attributes.put(attribute, value);
    }
    return this;
  }

  /** Sets an attribute to a number. */
  public Element with(String attribute, long value) {
    return with(attribute, Long.toString(value));
  }

  /** Sets an attribute that has no value, such as {@code hidden}. */
  public Element with(String attribute) {
    return with(attribute, "");
  }

  /** Sets the classes that the style sheet knows the element by. */
  public Element styled(String classes) {
    return with("class", classes);
  }

  /** Adds a text. */
  public Element add(String text) {
    return add(Html.text(text));
  }

  /** Adds pieces. */
  public Element add(Html... pieces) {
    return add(List.of(pieces));
  }

  /**
   * Adds pieces.
   *
   * @throws IllegalStateException if the element can have no content
   */
  public Element add(List<? extends Html> pieces) {
    if (EMPTY.contains(name)) {
      throw new IllegalStateException("an element '" + name + "' can have no content");
    }
    content.addAll(pieces);
    return this;
  }

  @Override
  public void appendTo(StringBuilder page) {
    page.append('<').append(name);
    attributes.forEach((attribute, value) -> {
      page.append(' ').append(attribute).append("=\"");
      Escape.append(value, page);
      page.append('"');
    });
    page.append('>');
    if (!EMPTY.contains(name)) {
      content.forEach(piece -> piece.appendTo(page));
      page.append("</").append(name).append('>');
    }
  }
}

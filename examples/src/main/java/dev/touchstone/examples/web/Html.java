package dev.touchstone.examples.web;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A piece of a page. What is added to it as text is text to the browser, whatever characters are in it:
 * no method takes markup.
 *
 * {@snippet class="dev.touchstone.examples.web.SnippetsTest" region="html"}
 */
public sealed interface Html permits Element, Html.Text, Html.Sequence {

  /** Returns an element without attributes and content. */
  static Element tag(String name) {
    return new Element(name);
  }

  /** Returns an element with a text in it. */
  static Element tag(String name, String text) {
    return new Element(name).add(text);
  }

  /** Returns an element with others in it. */
  static Element tag(String name, Html... content) {
    return new Element(name).add(content);
  }

  /** Returns a text. */
  static Html text(String text) {
    return new Text(text);
  }

  /** Returns pieces one after the other, without an element around them. */
  static Html of(Html... pieces) {
    return new Sequence(List.of(pieces));
  }

  /** Returns nothing. */
  static Html none() {
    return new Sequence(List.of());
  }

  /**
   * Returns a link.
   *
   * @param target see {@link Element#with(String, String)} about addresses
   * @param text what it reads
   */
  static Element link(String target, String text) {
    return tag("a", text).with("href", target);
  }

  /** Appends the markup. */
  void appendTo(StringBuilder page);

  /** Returns the markup. */
  default String markup() {
    var page = new StringBuilder();
    appendTo(page);
    return page.toString();
  }

  /**
   * Text.
   *
   * @param text what to read
   */
  record Text(String text) implements Html {

    /** Checks the text. */
    public Text {
      requireNonNull(text, "text");
    }

    @Override
    public void appendTo(StringBuilder page) {
      Escape.append(text, page);
    }
  }

  /**
   * Pieces one after the other.
   *
   * @param pieces the pieces
   */
  record Sequence(List<Html> pieces) implements Html {

    /** Copies the list. */
    public Sequence {
      pieces = List.copyOf(pieces);
    }

    @Override
    public void appendTo(StringBuilder page) {
      pieces.forEach(piece -> piece.appendTo(page));
    }
  }
}

package dev.touchstone.examples.patterns.factory;

import java.util.function.Function;

/** An abstract factory as a record: a family of makers that belong together. */
record Theme(Function<String, String> button, Function<String, String> label) {

  static final Theme PLAIN = new Theme(text -> "[" + text + "]", text -> text);
  static final Theme LOUD = new Theme(text -> "[[" + text + "]]", String::toUpperCase);

  String form() {
    return label.apply("name") + " " + button.apply("ok");
  }
}

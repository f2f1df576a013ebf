package dev.touchstone.plugins.report;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Writes HTML in which every text is a text. */
final class Markup {

  private Markup() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Returns a row of a table with cells of a kind, {@code th} or {@code td}. */
  static String row(String cell, List<String> texts) {
    return texts.stream()
        .map(text -> "<" + cell + ">" + escaped(text) + "</" + cell + ">")
        .collect(joining("", "<tr>", "</tr>\n"));
  }
}

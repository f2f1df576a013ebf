package dev.touchstone.examples.web;

/** Takes the meaning from characters that have one in HTML. */
final class Escape {

  private Escape() {}

  /**
   * Appends a text such that it is one in the content of an element and between double quotes too.
   * Control characters and halves of surrogate pairs, which no page may hold, become U+FFFD.
   */
  static void append(String text, StringBuilder page) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        case '\t', '\n', '\r' -> page.append(c);
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            page.append(c).append(text.charAt(++i));
          } else {
            page.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
          }
        }
      }
    }
  }
}

package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Fills in {@code repos/{owner}/{name}}.
 *
 * <p><b>Source:</b> RFC 3986 sections 2.3 (unreserved characters) and 3.3 (dot segments).
 */
final class UriTemplate {

  /*
   * Everything but unreserved characters is percent-encoded, so a value cannot open a segment, a
   * query or a fragment. Two things remain that encoding cannot prevent: a value that is empty
   * removes its segment, and "." or "..", encoded or not, are resolved away by every URL parser
   * (WHATWG URL, section 4.4, treats %2e as a dot). Both are refused.
   */

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriTemplate() {}

  /** Returns the template with its variables replaced, in order of appearance. */
  static String expand(String template, Object... values) {
    var out = new StringBuilder(template.length() + 16 * values.length);
    var used = 0;
    var from = 0;
    for (var open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      var close = template.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("template lacks a closing brace: " + template);
      }
      if (used == values.length) {
        throw wrongCount(template, values.length);
      }
      refuseVariableInAuthority(template, open);
      out.append(template, from, open);
      append(template, template.substring(open + 1, close), values[used++], out);
      from = close + 1;
    }
    if (used != values.length) {
      throw wrongCount(template, values.length);
    }
    out.append(template, from, template.length());
    refuseDotSegments(template, out);
    return out.toString();
  }

  /** Returns a name or a value with all but unreserved characters percent-encoded. */
  static String encode(String text) {
    var out = new StringBuilder(text.length() + 16);
    encode(text, out);
    return out.toString();
  }

  /** Appends a name or a value with all but unreserved characters percent-encoded. */
  static void encode(String text, StringBuilder out) {
    var clean = 0;
    while (clean < text.length() && isUnreserved(text.charAt(clean))) {
      clean++;
    }
    out.append(text, 0, clean);
    if (clean == text.length()) {
      return;
    }
    for (var b : text.substring(clean).getBytes(UTF_8)) {
      if (isUnreserved((char) (b & 0xff))) {
        out.append((char) b);
      } else {
        HEX.toHexDigits(out.append('%'), b);
      }
    }
  }

  private static void append(String template, String name, Object value, StringBuilder out) {
    if (value == null) {
      throw new NullPointerException(name + " in " + template);
    }
    var text = value.toString();
    if (text.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty in " + template);
    }
    encode(text, out);
  }

  /** Returns whether a template or what it became starts with a scheme. */
  static boolean isAbsolute(String template) {
    var scheme = template.indexOf("://");
    // What comes after a slash or a question mark is part of a path or a query.
    return scheme > 0 && template.substring(0, scheme).chars().noneMatch(c -> c == '/' || c == '?');
  }

  private static void refuseVariableInAuthority(String template, int at) {
    var path = isAbsolute(template) ? template.indexOf('/', template.indexOf("://") + 3) : 0;
    if (path < 0 || at < path) {
      throw new IllegalArgumentException(
          "a variable must not decide where a request goes, but does in " + template);
    }
  }

  private static void refuseDotSegments(String template, CharSequence path) {
    var dots = 0;
    var others = false;
    for (var i = 0; i <= path.length(); i++) {
      var c = i == path.length() ? '/' : path.charAt(i);
      if (c == '/' || c == '?') {
        if (!others && (dots == 1 || dots == 2)) {
          throw new IllegalArgumentException("a segment must not be . or .. in " + template);
        }
        dots = 0;
        others = false;
      } else if (c == '.') {
        dots++;
      } else if (isEncodedDot(path, i)) {
        dots++;
        i += 2;
      } else {
        others = true;
      }
      if (c == '?') {
        return;
      }
    }
  }

  private static boolean isEncodedDot(CharSequence path, int at) {
    return path.charAt(at) == '%'
        && at + 2 < path.length()
        && path.charAt(at + 1) == '2'
        && (path.charAt(at + 2) == 'e' || path.charAt(at + 2) == 'E');
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static IllegalArgumentException wrongCount(String template, int values) {
    var variables = template.chars().filter(c -> c == '{').count();
    return new IllegalArgumentException(
        "template " + template + " has " + variables + " variables, but " + values + " were given");
  }
}

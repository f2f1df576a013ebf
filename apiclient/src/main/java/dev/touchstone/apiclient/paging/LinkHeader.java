package dev.touchstone.apiclient.paging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Link} header fields. Malformed links are skipped and the others kept; nothing that a
 * server can send makes this class throw. Usable on its own.
 *
 * <p><b>Source:</b> RFC 8288 section 3 and appendix B.
 */
public final class LinkHeader {

  /*
   * A scanner over the characters, because commas and semicolons inside of <> and of quoted strings
   * do not separate. Each step moves on by at least one character, so the time is linear.
   */

  /**
   * A link.
   *
   * @param target a URI reference, relative to the page that it was found on
   * @param relations the relation types, in lower case
   */
  public record Link(String target, List<String> relations) {

    /** Returns whether the link has a relation type; case does not matter. */
    public boolean hasRelation(String type) {
      return relations.contains(type.toLowerCase(Locale.ROOT));
    }
  }

  private final String text;
  private int at;

  private LinkHeader(String text) {
    this.text = text;
  }

  /** Returns the links of all fields, in order, those about another resource left out. */
  public static List<Link> parse(List<String> fields) {
    var links = new ArrayList<Link>();
    for (var field : fields) {
      new LinkHeader(field).readAll(links);
    }
    return List.copyOf(links);
  }

  private void readAll(List<Link> links) {
    while (at < text.length()) {
      skip(" \t,");
      var link = readLink();
      if (link != null) {
        links.add(link);
      }
      skipToComma();
    }
  }

  private @Nullable Link readLink() {
    if (at >= text.length() || text.charAt(at) != '<') {
      return null;
    }
    var close = text.indexOf('>', at);
    if (close < 0) {
      at = text.length();
      return null;
    }
    var target = text.substring(at + 1, close).strip();
    at = close + 1;
    String relation = null;
    var isAboutAnother = false;
    for (skip(" \t"); at < text.length() && text.charAt(at) == ';'; skip(" \t")) {
      at++;
      skip(" \t");
      var name = readUntil("=;, \t").toLowerCase(Locale.ROOT);
      var value = readValue();
      // Only the first rel counts; a link with an anchor is about what the anchor names.
      relation = name.equals("rel") && relation == null ? value : relation;
      isAboutAnother |= name.equals("anchor");
    }
    return relation == null || isAboutAnother ? null : new Link(target, types(relation));
  }

  private String readValue() {
    skip(" \t");
    if (at >= text.length() || text.charAt(at) != '=') {
      return "";
    }
    at++;
    skip(" \t");
    return at < text.length() && text.charAt(at) == '"' ? readQuoted() : readUntil(";, \t");
  }

  private String readQuoted() {
    var value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    at++;
    return value.toString();
  }

  private String readUntil(String ends) {
    var start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void skipToComma() {
    while (at < text.length() && text.charAt(at) != ',') {
      if (text.charAt(at) == '"') {
        readQuoted();
      } else {
        at++;
      }
    }
  }

  private static List<String> types(String relation) {
    return List.of(relation.strip().toLowerCase(Locale.ROOT).split("\\s+"));
  }
}

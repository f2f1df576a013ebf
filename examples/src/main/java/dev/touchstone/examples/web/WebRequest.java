package dev.touchstone.examples.web;

import java.util.Map;
import java.util.Optional;

/**
 * What a browser or a program asks a {@link Site} for. It has passed the checks of the server: whoever
 * sent it knows the token, and a form comes from a page of this server.
 *
 * @param method {@code GET} (also where only the head of the answer is wanted) or {@code POST}
 * @param path the decoded path, such as {@code /jobs/7}
 * @param parts what stands for the names in braces of the route, such as {@code id}
 * @param query the parameters of the address; of several with one name the first
 * @param form the fields of a form that was sent; of several with one name the first
 * @param body the body of a request that is no form; empty if there is none
 * @param csrf the value of the field without which a form is refused; see {@link #form(String)}
 */
public record WebRequest(
    String method,
    String path,
    Map<String, String> parts,
    Map<String, String> query,
    Map<String, String> form,
    String body,
    String csrf) {

  /** The name of the field without which a form is refused. */
  static final String CSRF_FIELD = "csrf";

  /** Copies the maps. */
  public WebRequest {
    parts = Map.copyOf(parts);
    query = Map.copyOf(query);
    form = Map.copyOf(form);
  }

  /**
   * Returns what stands for a name in braces of the route.
   *
   * @throws IllegalArgumentException if the route has no such name
   */
  public String part(String name) {
    var part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("no part '" + name + "' in the route, which has " + parts);
    }
    return part;
  }

  /** Returns a parameter of the address; empty if it is missing or blank. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** Returns a field of the form; empty if it is missing or blank. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(form.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** Returns a form that posts to an address of this server, with the field that lets it in. */
  public Element form(String action) {
    return Html.tag("form")
        .with("method", "post")
        .with("action", action)
        .add(Html.tag("input").with("type", "hidden").with("name", CSRF_FIELD).with("value", csrf));
  }
}

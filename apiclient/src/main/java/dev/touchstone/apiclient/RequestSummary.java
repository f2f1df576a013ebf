package dev.touchstone.apiclient;

/**
 * What logs and exceptions say about a request: its method and its template with the variables not
 * filled in, so that no secret in a path or a query is ever shown.
 *
 * @param method the method, such as {@code GET}
 * @param template the template, or the scheme, host and path of an absolute URL; or what the request
 *     says that it is {@linkplain ApiRequest.Builder#shownAs shown as}
 */
public record RequestSummary(String method, String template) {

  /** Returns the summary in the form {@code GET repos/{owner}/{name}}. */
  @Override
  public String toString() {
    return method + " " + template;
  }
}

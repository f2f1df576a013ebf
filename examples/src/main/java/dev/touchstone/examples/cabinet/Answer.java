package dev.touchstone.examples.cabinet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the server answers to one request.
 *
 * @param status the HTTP status
 * @param headers more header fields, beside those for the content
 * @param contentType the media type of the body
 * @param body the body, sent as UTF-8; may be empty
 */
record Answer(int status, Map<String, String> headers, String contentType, String body) {

  static Answer html(int status, String html) {
    return new Answer(status, Map.of(), "text/html; charset=utf-8", html);
  }

  static Answer text(String contentType, String text) {
    return new Answer(200, Map.of(), contentType, text);
  }

  static Answer redirect(int status, String location) {
    return new Answer(status, Map.of("Location", location), "text/plain", "");
  }

  static Answer json(String json) {
    return new Answer(200, Map.of(), "application/json", json);
  }

  /** An error in the form of RFC 9457. */
  static Answer problem(int status, String title, String detail) {
    var json =
        "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}".formatted(title, status, detail);
    return new Answer(status, Map.of(), "application/problem+json", json);
  }

  static Answer busy() {
    return html(503, "<title>Busy</title>Come back in a second.").with("Retry-After", "1");
  }

  Answer with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, Map.copyOf(all), contentType, body);
  }
}

package dev.touchstone.examples.gateway.route;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error as RFC 9457 wants it told.
 *
 * @param status the HTTP status, from 400 to 599
 * @param detail what was expected, what was found, what to do; nothing secret
 * @param extensions more members, as JSON maps to Java
 */
public record Problem(int status, String detail, Map<String, Object> extensions) {

  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * Checks the status.
   *
   * @throws IllegalArgumentException if it is none of an error
   */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be from 400 to 599, was " + status);
    }
    extensions = Map.copyOf(extensions);
  }

  /** Returns a problem without extensions. */
  public static Problem of(int status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  /** Returns this problem with one more member. */
  public Problem with(String member, Object value) {
    var more = new LinkedHashMap<>(extensions);
    more.put(member, value);
    return new Problem(status, detail, more);
  }

  /** Returns what the status is called. */
  public String title() {
    return HttpStatus.getMessage(status);
  }

  /** Returns the problem in JSON, in UTF-8. */
  public byte[] toJson() {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "about:blank");
    members.put("title", title());
    members.put("status", status);
    members.put("detail", detail);
    members.putAll(extensions);
    return JsonMapper.shared().writeValueAsBytes(members);
  }
}

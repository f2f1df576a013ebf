package dev.touchstone.examples.scraper.page;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server says of a version of its content, so that it can be asked later whether there is another.
 *
 * <p><b>Source:</b> RFC 9110, sections 8.8 and 13.1.
 *
 * @param etag the {@code ETag}, as it came
 * @param modified the {@code Last-Modified}, as it came
 */
public record Validators(Optional<String> etag, Optional<String> modified) {

  /** The server says nothing. */
  public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

  /** Checks that nothing is null. */
  public Validators {
    requireNonNull(etag, "etag");
    requireNonNull(modified, "modified");
  }

  /** Returns whether there is nothing to ask with. */
  public boolean isEmpty() {
    return etag.isEmpty() && modified.isEmpty();
  }

  /** Returns the headers of a request for content that is not of this version. */
  public Map<String, String> conditions() {
    var conditions = new LinkedHashMap<String, String>();
    etag.ifPresent(tag -> conditions.put("If-None-Match", tag));
    modified.ifPresent(date -> conditions.put("If-Modified-Since", date));
    return conditions;
  }
}

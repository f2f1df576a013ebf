package dev.touchstone.examples.clients.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * What the server says when there is no result.
 *
 * @param errorType the kind, such as {@code bad_data}
 * @param error a sentence for a person; it may quote the query
 */
record Refusal(@Nullable String errorType, @Nullable String error) {

  String kind() {
    return errorType == null ? "" : errorType;
  }

  String reason() {
    return error == null ? "" : error;
  }
}

package dev.touchstone.apiclient;

import java.lang.reflect.Type;

/** What the body of a response is turned into. */
sealed interface ResponseType {

  /** A value read from JSON. */
  record Json(Type type) implements ResponseType {}

  /** A string, in the charset that the response names, else UTF-8. */
  record Text() implements ResponseType {}

  /** The bytes as they came. */
  record Bytes() implements ResponseType {}

  /** Nothing: the body is skipped. */
  record Nothing() implements ResponseType {}
}

package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.json.JsonValue;
import java.time.Duration;

/** What becomes of an answer when one of its calls fails. */
public sealed interface OnError {

  /** There is no answer without it: the client is told of a failure. */
  record Required() implements OnError {}

  /** It is left out. */
  record Omit() implements OnError {}

  /** A value takes its place. */
  record Default(JsonValue value) implements OnError {}

  /**
   * The last value that was had for the same address takes its place; without one, it is left out.
   *
   * @param longest how old that may be
   */
  record Stale(Duration longest) implements OnError {}
}

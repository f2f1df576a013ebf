package dev.touchstone.patterns.command;

/**
 * A state that the target of a history was in, to go back to by {@link History#goTo}. Identity is
 * equality. Stays valid until the history forgets it because of its limits or a new edit.
 */
public sealed interface Position permits Timeline.Node {

  /** Returns the label of the edit that led here, or an empty text for the oldest position. */
  String label();
}

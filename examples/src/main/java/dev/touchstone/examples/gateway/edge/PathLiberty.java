package dev.touchstone.examples.gateway.edge;

/**
 * Something in a path that backends read in different ways. Refused by default: a path that the
 * gateway takes for one thing and a backend for another walks past the gateway's rules.
 */
public enum PathLiberty {

  /**
   * {@code %2F}: a slash within a segment, as in the name of a package. A backend that decodes first
   * and splits afterwards sees two segments.
   */
  ENCODED_SLASH,

  /** {@code //}: an empty segment. Many servers take it for one slash. */
  EMPTY_SEGMENT,

  /** {@code ;}: parameters of a segment. Servers of servlets cut them off before they look further. */
  PARAMETERS
}

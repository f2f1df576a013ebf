package dev.touchstone.examples.pluginapp.edit;

/** Which step of a draft. */
sealed interface Place {

  /** The source. */
  record OfSource() implements Place {}

  /**
   * A transform.
   *
   * @param index from 0
   */
  record OfTransform(int index) implements Place {}

  /** The sink. */
  record OfSink() implements Place {}
}

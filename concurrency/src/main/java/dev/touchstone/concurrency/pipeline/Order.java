package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** In which order elements leave a stage with several threads. */
sealed interface Order {

  /** The orders that need to know nothing about the elements. */
  enum Fixed implements Order {

    /** As they came. */
    ORDERED,

    /** As they are finished. */
    UNORDERED
  }

  /** As they came, among elements with equal keys. */
  record ByKey(Function<Object, ?> key) implements Order {}

  static Order byKey(Function<?, ?> key) {
    requireNonNull(key, "key");
    @SuppressWarnings("unchecked") // the elements of the stage are of the type that it accepts
    var function = (Function<Object, ?>) key;
    return new ByKey(function);
  }
}

package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stage does with an element, without its type: descriptions are typed, runs are not.
 *
 * <p>The casts here cannot fail, since the description was put together by a compiler.
 */
@FunctionalInterface
interface Operation {

  /** Passes nothing on. Stands where the real one is made by each run. */
  Operation NONE = element -> null;

  /** Returns what to pass on: an element, {@link Many} of them, or null for none. */
  @Nullable
  Object apply(Object element) throws Exception;

  /** Several elements to pass on. */
  record Many(List<Object> elements) {}

  static Operation map(String name, Step<?, ?> step) {
    Step<Object, ?> untyped = untyped(step);
    return element -> requireNonNull(
        untyped.apply(element),
        () -> "stage '" + name + "' returned null: use filter or flatMap to drop an element");
  }

  static Operation filter(Step<?, Boolean> test) {
    Step<Object, Boolean> untyped = untyped(test);
    return element -> untyped.apply(element) ? element : null;
  }

  static Operation flatMap(String name, Step<?, ? extends Iterable<?>> step) {
    Step<Object, ? extends Iterable<?>> untyped = untyped(step);
    return element -> {
      var results = new ArrayList<Object>();
      for (var result : untyped.apply(element)) {
        results.add(requireNonNull(result, () -> "stage '" + name + "' made a null element"));
      }
      return new Many(results);
    };
  }

  static Operation sink(Sink<?> sink) {
    @SuppressWarnings("unchecked")
    var untyped = (Sink<Object>) sink;
    return element -> {
      untyped.accept(element);
      return element;
    };
  }

  @SuppressWarnings("unchecked")
  private static <R> Step<Object, R> untyped(Step<?, R> step) {
    return (Step<Object, R>) step;
  }
}

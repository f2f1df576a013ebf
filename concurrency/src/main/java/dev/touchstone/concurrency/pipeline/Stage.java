package dev.touchstone.concurrency.pipeline;

import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline whose last stage can be given options: how many threads it has, in which order it
 * passes elements on, and what it does when it fails.
 *
 * <p>Immutable: every method returns a new description.
 *
 * @param <I> the type of the elements that go into the stage
 * @param <O> the type of the elements that come out
 */
public final class Stage<I, O> extends Pipeline<O> {

  private final @Nullable Chain before;
  private final StepSpec spec;

  Stage(Origin origin, @Nullable Chain before, StepSpec spec) {
    super(origin, new Chain(before, spec), OptionalInt.empty());
    this.before = before;
    this.spec = spec;
  }

  /**
   * Sets how many threads the stage has. The default is 1.
   *
   * <p>Unless told otherwise, elements leave the stage in the order in which they came.
   *
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public Stage<I, O> parallel(int threads) {
    return with(spec.parallel(threads));
  }

  /**
   * Lets elements leave the stage in the order in which they came. This is the default.
   *
   * <p>An element that is finished before an earlier one waits in the place that it has in the
   * threads and the buffer of the stage: a slow element holds up at most as many others.
   */
  public Stage<I, O> ordered() {
    return with(spec.order(Order.Fixed.ORDERED));
  }

  /** Lets elements leave the stage as soon as they are finished. */
  public Stage<I, O> unordered() {
    return with(spec.order(Order.Fixed.UNORDERED));
  }

  /**
   * Processes elements with equal keys one after another, in the order in which they came, and lets
   * them leave in that order; those with different keys may overtake each other.
   *
   * <p>Each thread of the stage has its part of the buffer and the elements whose keys have certain
   * hash codes, so a key that is very frequent keeps one thread busy. What the function throws is a
   * failure of the stage.
   *
   * @param key gives the key of an element, never null; called by the thread that passes the element
   *     to the stage
   */
  public Stage<I, O> orderedBy(Function<? super I, ?> key) {
    return with(spec.order(Order.byKey(key)));
  }

  /** Sets what becomes of an element when the step throws. The default fails the run. */
  public Stage<I, O> onError(ErrorPolicy<? super I> policy) {
    return with(spec.onError(policy));
  }

  private Stage<I, O> with(StepSpec changed) {
    return new Stage<>(origin, before, changed);
  }
}

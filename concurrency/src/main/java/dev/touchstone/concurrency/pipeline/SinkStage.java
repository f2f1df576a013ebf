package dev.touchstone.concurrency.pipeline;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A complete pipeline that ends in a sink, which can be given options.
 *
 * <p>Immutable: every method returns a new description.
 *
 * @param <T> the type of the elements that go into the sink
 */
public final class SinkStage<T> extends RunnablePipeline<@Nullable Void> {

  SinkStage(Origin origin, @Nullable Chain chain, StepSpec sink, RunOptions options) {
    super(origin, chain, sink, options);
  }

  /**
   * Sets how many threads call the sink. The default is 1.
   *
   * <p>With several, elements reach the sink in any order, unless {@link #orderedBy} says otherwise.
   *
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public SinkStage<T> parallel(int threads) {
    return with(last.parallel(threads));
  }

  /**
   * Gives elements with equal keys to the sink one after another, in the order in which they came.
   *
   * @param key as in {@link Stage#orderedBy}
   */
  public SinkStage<T> orderedBy(Function<? super T, ?> key) {
    return with(last.order(Order.byKey(key)));
  }

  /** Sets what becomes of an element when the sink throws. The default fails the run. */
  public SinkStage<T> onError(ErrorPolicy<? super T> policy) {
    return with(last.onError(policy));
  }

  private SinkStage<T> with(StepSpec changed) {
    return new SinkStage<>(origin, chain, changed, options);
  }

  @Override
  SinkStage<T> with(RunOptions changed) {
    return new SinkStage<>(origin, chain, last, changed);
  }

  @Override
  Result<@Nullable Void> newResult() {
    return Result.of(last.operation());
  }
}

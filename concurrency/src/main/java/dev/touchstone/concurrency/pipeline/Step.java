package dev.touchstone.concurrency.pipeline;

/**
 * What a stage does with an element.
 *
 * <p>Called by as many threads at once as the stage has, which is one unless {@link Stage#parallel}
 * was called.
 *
 * @param <T> the type of the elements, which are never null
 * @param <R> the type of the results
 */
@FunctionalInterface
public interface Step<T, R> {

  /**
   * Returns the result for an element.
   *
   * @return the result, never null
   * @throws InterruptedException in answer to an interruption, which means that the run is to end
   * @throws Exception any failure; the {@link ErrorPolicy} of the stage decides about it
   */
  R apply(T element) throws Exception;
}

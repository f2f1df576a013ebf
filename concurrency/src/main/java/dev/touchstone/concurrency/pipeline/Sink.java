package dev.touchstone.concurrency.pipeline;

/**
 * Where the elements of a pipeline end.
 *
 * <p>Called by as many threads at once as the stage has, which is one unless {@link
 * SinkStage#parallel} was called.
 *
 * @param <T> the type of the elements, which are never null
 */
@FunctionalInterface
public interface Sink<T> {

  /**
   * Takes an element; it counts as delivered when this returns.
   *
   * @throws InterruptedException in answer to an interruption, which means that the run is to end
   * @throws Exception any failure; the {@link ErrorPolicy} of the stage decides about it
   */
  void accept(T element) throws Exception;
}

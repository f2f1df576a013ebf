package dev.touchstone.concurrency.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Where the elements of a pipeline come from.
 *
 * <p>Called by one thread at a time. It may block: {@link PipelineRun#stop} interrupts it, and takes
 * an exception that it throws then for the end.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface Source<T> {

  /**
   * Returns the next element.
   *
   * @return the element, or null if there are no more
   * @throws Exception to fail the run
   */
  @Nullable
  T next() throws Exception;
}

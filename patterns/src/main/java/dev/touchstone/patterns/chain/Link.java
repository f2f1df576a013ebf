package dev.touchstone.patterns.chain;

import java.util.Optional;

/**
 * One handler in a {@link Chain}.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the answers
 */
@FunctionalInterface
public interface Link<I, O> {

  /** Returns an answer, or empty to leave the input to the next link. */
  Optional<O> answer(I input);
}

package dev.touchstone.patterns.state;

/**
 * What is done in a transition.
 *
 * @param <E> the type of the event
 * @param <C> the type of the context
 */
@FunctionalInterface
public interface Action<E, C> {

  /**
   * Does it.
   *
   * @throws Exception if that failed; the transition then does not take place
   */
  void run(E event, C context) throws Exception;
}

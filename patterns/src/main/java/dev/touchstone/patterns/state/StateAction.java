package dev.touchstone.patterns.state;

/**
 * What is done when a state is entered or left.
 *
 * @param <C> the type of the context
 */
@FunctionalInterface
public interface StateAction<C> {

  /**
   * Does it.
   *
   * @throws Exception if that failed; the transition then does not take place
   */
  void run(C context) throws Exception;
}

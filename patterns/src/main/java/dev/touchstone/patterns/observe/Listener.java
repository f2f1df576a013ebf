package dev.touchstone.patterns.observe;

/**
 * Acts on an event.
 *
 * @param <E> the type of the event
 */
@FunctionalInterface
public interface Listener<E> {

  /**
   * Acts on one event.
   *
   * @param event what happened, never null
   * @throws Exception if acting on it failed; what happens then is up to the one that delivers
   */
  void on(E event) throws Exception;
}

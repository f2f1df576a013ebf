package dev.touchstone.patterns.observe;

/**
 * Acts on an event on behalf of an owner that the subscription does not keep alive.
 *
 * <p>The owner is a parameter so that the listener need not capture it: a method reference such as
 * {@code Table::refresh} or a lambda that uses its parameters only does not. One that captures the
 * owner, by naming {@code this} for instance, keeps it alive after all.
 *
 * @param <O> the type of the owner
 * @param <E> the type of the event
 */
@FunctionalInterface
public interface WeakListener<O, E> {

  /**
   * Acts on one event.
   *
   * @param owner the owner given at the subscription
   * @param event what happened, never null
   * @throws Exception if acting on it failed; what happens then is up to the one that delivers
   */
  void on(O owner, E event) throws Exception;
}

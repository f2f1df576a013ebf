package dev.touchstone.patterns.strategy;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a value until it is given back.
 *
 * @param <T> the type of the value
 * @see Switchable#lease()
 */
public final class Lease<T> implements AutoCloseable {

  private final Generation<T> generation;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(Generation<T> generation) {
    this.generation = generation;
  }

  /**
   * Returns the value, always the same.
   *
   * @throws IllegalStateException if the lease is closed
   */
  public T value() {
    if (closed.get()) {
      throw new IllegalStateException(
          "the lease is closed, and its value may be; take a new lease");
    }
    return generation.value();
  }

  /** Gives the value back. Doing so again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      generation.leave();
    }
  }
}

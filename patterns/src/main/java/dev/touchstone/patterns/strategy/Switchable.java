package dev.touchstone.patterns.strategy;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds a value that can be replaced while others use it, and closes what was replaced when its last
 * user is done.
 *
 * {@snippet class="dev.touchstone.patterns.strategy.SnippetsTest" region="switchable"}
 *
 * <p>Who uses the value holds a lease meanwhile. From the moment of a {@link #swap} on, new leases are
 * for the new value; the old one is closed, if it is an {@link AutoCloseable}, by the thread that ends
 * the last lease of it, or by the one that swaps if there is none.
 *
 * <p>Safe for use by several threads; nothing here blocks but {@link Swap#await}.
 *
 * <p><b>Source:</b> a count of users that never rises from zero again, as {@code
 * kref_get_unless_zero} of the Linux kernel.
 *
 * @param <T> the type of the value
 */
public final class Switchable<T> {

  private final AtomicReference<Generation<T>> current;

  private Switchable(T first) {
    current = new AtomicReference<>(new Generation<>(first));
  }

  /** Returns a holder of a first value. */
  public static <T> Switchable<T> of(T first) {
    return new Switchable<>(requireNonNull(first, "first"));
  }

  /**
   * Calls a function with the present value, which is not closed before the function has returned.
   *
   * @return what the function returns
   */
  public <R extends @Nullable Object> R use(Function<? super T, ? extends R> function) {
    requireNonNull(function, "function");
    var generation = enter();
    try {
      return function.apply(generation.value());
    } finally {
      generation.leave();
    }
  }

  /** Returns a lease of the present value, to be closed. */
  public Lease<T> lease() {
    return new Lease<>(enter());
  }

  private Generation<T> enter() {
    while (true) {
      var generation = current.get();
      if (generation.tryEnter()) {
        return generation;
      } // replaced and idle since it was read
    }
  }

  /**
   * Replaces the value.
   *
   * @param next what new leases are for; must not be the present value
   * @return what says when the old value is no longer in use
   * @throws IllegalArgumentException if {@code next} is the present value, which would be closed
   */
  @SuppressWarnings("ReferenceEquality") // an equal value is another one, to be closed on its own
  public Swap swap(T next) {
    var generation = new Generation<T>(requireNonNull(next, "next"));
    while (true) {
      var old = current.get();
      if (old.value() == next) {
        throw new IllegalArgumentException(
            "next must be another value than the present one, which is " + "closed; was " + next);
      }
      if (current.compareAndSet(old, generation)) {
        old.leave(); // the holder's own
        return old;
      }
    }
  }

  @Override
  public String toString() {
    return "Switchable[" + current.get().value() + "]";
  }
}

package dev.touchstone.patterns.lazy;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * A value that is made when it is first asked for, exactly once.
 *
 * <p>The first thread to call {@link #get} runs the initializer; threads that ask meanwhile wait for
 * it, uninterruptibly and with their interrupt flag kept. After the initializer has succeeded it is
 * dropped, together with what it captured, and {@code get} costs one read.
 *
 * <p>An initializer that throws leaves the value unmade: the exception goes to the caller whose
 * thread ran it, and the next caller (of those waiting, or later) tries again. An initializer that
 * needs its own value, directly or through other lazy values, gets an {@link
 * IllegalStateException} that shows the circle, as does one of several threads whose initializers
 * wait for each other; neither waits for ever.
 *
 * {@snippet class="dev.touchstone.patterns.lazy.SnippetsTest" region="lazy"}
 *
 * <p><b>Source:</b> safe publication by acquire and release after Doug Lea, <i>Using JDK 9 Memory
 * Order Modes</i>, 2018; the treatment of failures is that of {@code LazyConstant}, JEP 526.
 *
 * @param <T> the type of the value
 */
public sealed interface Lazy<T> extends Supplier<T> permits FieldLazy, ConstantLazy {

  /**
   * Returns a lazy value for use anywhere; in an instance field it is the fastest one.
   *
   * @param initializer makes the value; may be called again only after it has thrown
   */
  static <T> Lazy<T> of(Supplier<? extends T> initializer) {
    return of(Initialization.nameOf(initializer), initializer);
  }

  /**
   * Returns a lazy value for use anywhere, with a name of its own.
   *
   * @param name says in messages and in {@code toString} which value this is; without one, that is
   *     the class that the initializer was written in
   * @param initializer makes the value; may be called again only after it has thrown
   */
  static <T> Lazy<T> of(String name, Supplier<? extends T> initializer) {
    return new FieldLazy<>(new Initialization<>(name, initializer));
  }

  /**
   * Returns a lazy value meant for a {@code static final} field, where the compiler folds it into
   * the code that uses it, as if the value had been there from the start.
   *
   * <p>Held elsewhere it works as well, but each read is slower than that of {@link #of}.
   *
   * @param initializer makes the value; may be called again only after it has thrown
   */
  static <T> Lazy<T> constant(Supplier<? extends T> initializer) {
    return constant(Initialization.nameOf(initializer), initializer);
  }

  /**
   * Returns a lazy value meant for a {@code static final} field, with a name of its own.
   *
   * @param name says in messages and in {@code toString} which value this is
   * @param initializer makes the value; may be called again only after it has thrown
   * @see #constant(Supplier)
   */
  static <T> Lazy<T> constant(String name, Supplier<? extends T> initializer) {
    requireNonNull(initializer, "initializer");
    return ConstantLazy.of(new Initialization<>(name, initializer));
  }

  /**
   * Returns the value, making it if it has not been made.
   *
   * @throws NullPointerException if the initializer returned null
   * @throws IllegalStateException if the value is asked for while this thread is making it, or if
   *     waiting for it would be waiting for ever
   */
  @Override
  T get();

  /** Returns whether the value has been made. False may be out of date when it arrives. */
  boolean isInitialized();
}

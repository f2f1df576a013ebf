package dev.touchstone.patterns.lazy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that live and end together: each is made at its first use, and those that were made are
 * closed in the reverse order when the scope is.
 *
 * <p>This is what a singleton is usually wanted for, without the global variable. The application
 * makes one scope and hands its values to whom they concern; a test makes another, replaces what it
 * wants to replace, and closes it:
 *
 * {@snippet class="dev.touchstone.patterns.lazy.SnippetsTest" region="scope"}
 *
 * <p>A value whose initializer uses another value of the scope is made after that one, and so closed
 * before it.
 *
 * <p>Safe for use by several threads. One lock guards the bookkeeping; neither initializers nor
 * {@code close} methods run under it.
 */
public final class Scope implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();

  // All four are guarded by the lock.
  private final Set<Class<?>> declared = new HashSet<>();
  private final Set<Class<?>> used = new HashSet<>();
  private final Map<Class<?>, Object> replacements = new HashMap<>();
  private @Nullable ArrayDeque<Made> made = new ArrayDeque<>(); // null when closed

  /** Creates a scope without values. */
  public Scope() {}

  /**
   * Declares the one value of a type, and returns it without making it.
   *
   * <p>The value is subject to the rules of {@link Lazy}. If it is an {@link AutoCloseable}, closing
   * the scope closes it. A value asked for only after the scope was closed is not made: {@code get}
   * throws an {@link IllegalStateException}. One that was made before is still returned, closed.
   *
   * @throws IllegalStateException if the scope has a value of this type, or is closed
   */
  public <T> Lazy<T> single(Class<T> key, Supplier<? extends T> init) {
    requireNonNull(key, "key");
    requireNonNull(init, "init");
    lock.lock();
    try {
      checkOpen(key);
      if (!declared.add(key)) {
        throw new IllegalStateException(
            key.getName() + " is already declared in this scope; keep the Lazy of the first call");
      }
    } finally {
      lock.unlock();
    }
    return Lazy.of(key.getName(), () -> make(key, init));
  }

  /**
   * Puts another value in the place of the one that the initializer would make. Meant for tests.
   *
   * <p>May be called before or after {@link #single}, and again, as long as nobody has
   * asked for the value. The scope does not close a value that it did not make.
   *
   * @throws IllegalStateException if the value has been asked for, or the scope is closed
   * @throws IllegalArgumentException if {@code instead} is not a {@code key}
   */
  public <T> void replace(Class<T> key, T instead) {
    requireNonNull(key, "key");
    requireNonNull(instead, "instead");
    if (!key.isInstance(instead)) {
      throw new IllegalArgumentException(
          "instead must be a " + key.getName() + ", was a " + instead.getClass().getName());
    }
    lock.lock();
    try {
      checkOpen(key);
      if (used.contains(key)) {
        throw new IllegalStateException(key.getName()
            + " was already asked for in this scope; replace it before its first use");
      }
      replacements.put(key, instead);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the values that were made and are {@link AutoCloseable}, last made first.
   *
   * <p>All of them are closed, whatever the others throw. A value that another thread is making at
   * this time is closed as soon as it is made, and that thread gets an {@link
   * IllegalStateException}. Closing again does nothing.
   *
   * @throws ScopeCloseException if closing a value failed
   */
  @Override
  public void close() {
    var open = takeAll();
    var count = open.size();
    ScopeCloseException failure = null;
    while (!open.isEmpty()) {
      var last = open.removeLast();
      try {
        last.value.close();
      } catch (Throwable e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        failure = ScopeCloseException.add(failure, last.key, count, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private ArrayDeque<Made> takeAll() {
    lock.lock();
    try {
      var all = made == null ? new ArrayDeque<Made>() : made;
      made = null;
      replacements.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private <T> T make(Class<T> key, Supplier<? extends T> init) {
    lock.lock();
    try {
      checkOpen(key);
      used.add(key);
      var replacement = replacements.remove(key);
      if (replacement != null) {
        return key.cast(replacement);
      }
    } finally {
      lock.unlock();
    }
    var value = init.get();
    if (value instanceof AutoCloseable closeable && !keep(new Made(key, closeable))) {
      throw closeUnwanted(key, closeable);
    }
    return value;
  }

  private boolean keep(Made value) {
    lock.lock();
    try {
      return made != null && made.add(value);
    } finally {
      lock.unlock();
    }
  }

  private static IllegalStateException closeUnwanted(Class<?> key, AutoCloseable value) {
    var failure = closed(key);
    try {
      value.close();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      failure.addSuppressed(e);
    }
    return failure;
  }

  private void checkOpen(Class<?> key) {
    if (made == null) {
      throw closed(key);
    }
  }

  private static IllegalStateException closed(Class<?> key) {
    return new IllegalStateException(
        "the scope is closed, so " + key.getName() + " is not to be had from it any more");
  }

  private record Made(Class<?> key, AutoCloseable value) {}
}

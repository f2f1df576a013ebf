package dev.touchstone.concurrency.context;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Captures values that belong to the current thread, so that another thread can work with them.
 *
 * <p>This carries the user and the diagnostic context of the log to whatever thread runs the task:
 * {@snippet class="dev.touchstone.concurrency.context.SnippetsTest" region="wrap"}
 *
 * <p>Implementations are safe for use by several threads. They may be combined with {@link #all}.
 */
@FunctionalInterface
public interface ContextPropagation {

  /** Captures the values of the current thread. Does not block. */
  Snapshot capture();

  /** Values of one thread at one moment. Immutable, and usable any number of times. */
  @FunctionalInterface
  interface Snapshot {

    /** Gives the current thread these values, until the scope is closed. */
    Scope open();
  }

  /** The time for which a thread has the values of a {@link Snapshot}. */
  @FunctionalInterface
  interface Scope extends AutoCloseable {

    /**
     * Gives the thread back the values that it had before. Must be called by the same thread, in the
     * reverse order of the opening, and once.
     */
    @Override
    void close();
  }

  /** Returns the propagation of nothing. */
  static ContextPropagation none() {
    return NoContext.INSTANCE;
  }

  /**
   * Returns the propagation of a thread-local.
   *
   * <p>A null value removes the thread-local from the thread that works, so that it starts with its
   * initial value there.
   */
  static <T> ContextPropagation of(ThreadLocal<T> threadLocal) {
    return new ThreadLocalContext<>(requireNonNull(threadLocal, "threadLocal"));
  }

  /** Returns the propagation of the map that SLF4J adds to log messages, its {@code MDC}. */
  static ContextPropagation mdc() {
    return new LoggingContext();
  }

  /**
   * Returns the propagation of everything that is registered with the {@code ContextRegistry} of
   * Micrometer's context-propagation.
   *
   * <p>Values that the current thread does not have are cleared on the thread that works.
   *
   * @throws IllegalStateException if {@code io.micrometer:context-propagation} is missing
   */
  static ContextPropagation micrometer() {
    try {
      return new MicrometerContext();
    } catch (NoClassDefFoundError missing) {
      throw new IllegalStateException(
          "ContextPropagation.micrometer() needs io.micrometer:context-propagation: add that"
              + " dependency",
          missing);
    }
  }

  /**
   * Returns the propagation of all the given ones: opened in their order, closed in the reverse.
   *
   * <p>If opening one fails, those before it are closed. If closing one fails, the others are closed
   * all the same.
   */
  static ContextPropagation all(ContextPropagation... propagations) {
    return new CombinedContext(List.of(propagations));
  }

  /** Captures now, and returns work that runs with the captured values. */
  @SuppressWarnings("try") // closed for its effect
  default Runnable wrap(Runnable work) {
    requireNonNull(work, "work");
    var snapshot = capture();
    return () -> {
      try (var scope = snapshot.open()) {
        work.run();
      }
    };
  }

  /** Captures now, and returns work that runs with the captured values. */
  @SuppressWarnings("try")
  default <T extends @Nullable Object> Callable<T> wrap(Callable<T> work) {
    requireNonNull(work, "work");
    var snapshot = capture();
    return () -> {
      try (var scope = snapshot.open()) {
        return work.call();
      }
    };
  }
}

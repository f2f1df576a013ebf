package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * What happens to an event for a serial lane that is full.
 *
 * @param <E> the type of the events
 * @see Registration#capacity(int, Overflow)
 */
public sealed interface Overflow<E> {

  /**
   * Returns the rule that the poster waits for room.
   *
   * <p>Interrupting it ends the wait: the interrupt flag stays set, and the event is not accepted,
   * which counts as a failure of the listener. A listener that posts to its own full lane would wait
   * for itself; it gets a failure instead. A poster on the thread that worked for the lane last, which
   * may be the only one of its executor, calls the listener with what waits until there is room. Only
   * if that thread has never worked for the lane before is it not recognized, and waits for itself: a
   * task on a single thread must not fill a lane of that thread before its first turn.
   */
  static <E> Overflow<E> block() {
    return new Block<>();
  }

  /** Returns the rule that the new event is dropped. */
  static <E> Overflow<E> dropNewest() {
    return new DropNewest<>();
  }

  /** Returns the rule that the event waiting longest is dropped, and the new one accepted. */
  static <E> Overflow<E> dropOldest() {
    return new DropOldest<>();
  }

  /**
   * Returns the rule that of the waiting events with equal keys only the latest is kept, at the
   * place of the first. That holds whether or not the lane is full; if it is full of other keys, the
   * poster waits as with {@link #block}.
   *
   * @param key names what the event is news of; called on the posting thread, must not return null
   */
  static <E> Overflow<E> conflate(Function<? super E, ?> key) {
    return new Conflate<>(key);
  }

  /** Returns the rule that the event is not accepted, which counts as a failure of the listener. */
  static <E> Overflow<E> fail() {
    return new Fail<>();
  }

  /**
   * The poster waits for room.
   *
   * @param <E> the type of the events
   */
  record Block<E>() implements Overflow<E> {}

  /**
   * The new event is dropped.
   *
   * @param <E> the type of the events
   */
  record DropNewest<E>() implements Overflow<E> {}

  /**
   * The event waiting longest is dropped.
   *
   * @param <E> the type of the events
   */
  record DropOldest<E>() implements Overflow<E> {}

  /**
   * A waiting event with an equal key is replaced.
   *
   * @param <E> the type of the events
   * @param key names what an event is news of
   */
  record Conflate<E>(Function<? super E, ?> key) implements Overflow<E> {

    /** Checks that there is a key function. */
    public Conflate {
      requireNonNull(key, "key");
    }
  }

  /**
   * The new event is a failure of the listener.
   *
   * @param <E> the type of the events
   */
  record Fail<E>() implements Overflow<E> {}
}

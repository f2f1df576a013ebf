package dev.touchstone.concurrency.channel;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The side of a channel that elements are taken from.
 *
 * <p>All methods may be called by any number of threads at the same time; each element is received
 * by one of them. Elements are received in the order in which they were accepted.
 *
 * @param <T> the type of the elements, which are never null
 */
public interface Receiver<T> extends Iterable<T> {

  /**
   * Receives an element, waiting for one as long as necessary.
   *
   * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was
   *     received
   * @throws ChannelClosedException if the channel is closed and no element is left
   */
  T receive() throws InterruptedException;

  /**
   * Receives an element if there is one, without waiting and whether or not the thread is
   * interrupted.
   *
   * @return the element, or null only if there was none at some moment during the call
   * @throws ChannelClosedException if the channel is closed and no element is left
   */
  @Nullable
  T tryReceive();

  /**
   * Receives an element, waiting for one for a limited time.
   *
   * @param timeout how long to wait; zero or negative means one attempt
   * @return the element, or null if there was none in time
   * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was
   *     received
   * @throws ChannelClosedException if the channel is closed and no element is left
   */
  @Nullable
  T receive(Duration timeout) throws InterruptedException;

  /**
   * Receives several elements at once: waits for the first one, then takes what is there.
   *
   * @param max the size of the list at most, at least 1
   * @return a new list, in order, with at least one element; the caller may change it
   * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was
   *     received
   * @throws ChannelClosedException if the channel is closed and no element is left
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  List<T> receiveBatch(int max) throws InterruptedException;

  /**
   * Declares that nobody will receive any more: closes the channel and discards its elements. Does
   * not wait; a cancelled channel stays as it is.
   *
   * <p>Each discarded element is given to the {@code onUndelivered} handler of the channel, by the
   * calling thread. Threads that wait are woken with {@link ChannelClosedException}. The channel is
   * closed first, then emptied in one step; between the two another thread may still receive.
   *
   * @param cause why; the cause of the exceptions that callers get from now on, also if the channel
   *     was closed before
   */
  void cancel(Throwable cause);

  /** Returns whether the channel is closed and no element is left, which it then stays. */
  boolean isDrained();

  /**
   * Returns an iterator that waits for each element and ends when the channel is closed.
   *
   * <p>{@link Iterator#hasNext} receives the next element and keeps it for {@link Iterator#next}; a
   * loop that is left after {@code hasNext} loses it. The iterator is for one thread. Its methods
   * throw {@link ChannelClosedException} if the channel was closed with a cause, and {@link
   * CancellationException}, with the interrupt flag set, if the thread is interrupted while it would
   * have to wait.
   */
  @Override
  Iterator<T> iterator();

  /**
   * Passes each element to an action until the channel is closed.
   *
   * @throws ChannelClosedException if the channel is closed with a cause
   * @throws CancellationException if the thread is interrupted while it would have to wait; the
   *     interrupt flag stays set
   */
  @Override
  void forEach(Consumer<? super T> action);

  /**
   * Returns a sequential stream that waits for each element and ends when the channel is closed.
   *
   * <p>It takes no element before it needs it, so {@code limit(n)} leaves the rest in the channel. It
   * fails like {@link #iterator}.
   */
  Stream<T> stream();
}

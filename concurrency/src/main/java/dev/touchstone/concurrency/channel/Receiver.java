package dev.touchstone.concurrency.channel;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
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
   * Receives several elements at once: waits for the first one, then collects more until the list is
   * full, the time is over or the channel is closed.
   *
   * <p>An interrupt while it collects ends the call with what it has; the interrupt flag is set.
   *
   * @param max the size of the list at most, at least 1
   * @param linger how long to collect after the first element; zero or negative takes what is there
   * @return a new list, in order, with at least one element; the caller may change it
   * @throws InterruptedException if the thread is interrupted on entry or while it waits for the
   *     first element; nothing was received
   * @throws ChannelClosedException if the channel is closed and no element is left
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  List<T> receiveBatch(int max, Duration linger) throws InterruptedException;

  /**
   * Adds the elements that are there to a collection, in order, without waiting.
   *
   * <p>If the collection throws, the element that it refused and others taken with it go to the
   * {@code onUndelivered} handler of the channel.
   *
   * @param max how many at most, at least 1
   * @return how many were added, 0 if there were none
   * @throws ChannelClosedException if the channel is closed and no element is left
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  int drainTo(Collection<? super T> target, int max);

  /**
   * Returns a clause for a {@link Select} that receives an element.
   *
   * @param then gives the result of the select from the element
   */
  <R extends @Nullable Object> Clause<R> receiving(Function<? super T, R> then);

  /**
   * Returns a new handle for one of several receivers. When all handles made so far are closed, the
   * channel is cancelled. The channel itself is not counted as a handle. Make the handles for all
   * receivers before the first one can be closed.
   */
  SharedReceiver<T> shareReceiver();

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

  /**
   * Returns a publisher of the elements, each of which goes to one of the subscribers, with a virtual
   * thread for each of them.
   *
   * <p>An element is received when a subscriber has asked for it. Subscriptions complete when the
   * channel is closed, and fail with {@link ChannelClosedException} when it was closed with a cause;
   * a subscriber that has asked for nothing is told when it asks next.
   * Cancelling a subscription leaves the channel open.
   */
  Flow.Publisher<T> toPublisher();

  /**
   * Returns a publisher as {@link #toPublisher()} does, with threads of the given factory, one for
   * each subscription. If somebody interrupts such a thread, its subscription fails with a {@link
   * CancellationException}.
   */
  Flow.Publisher<T> toPublisher(ThreadFactory threads);
}

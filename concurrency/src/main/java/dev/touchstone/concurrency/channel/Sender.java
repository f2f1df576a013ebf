package dev.touchstone.concurrency.channel;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The side of a channel that elements are put into.
 *
 * <p>All methods may be called by any number of threads at the same time. Elements sent by one thread
 * are received in the order in which it sent them.
 *
 * @param <T> the type of the elements, which are never null
 */
public interface Sender<T> extends AutoCloseable {

  /**
   * Sends an element, waiting for space as long as necessary.
   *
   * @throws InterruptedException if the thread is interrupted on entry or while it waits; the element
   *     was not sent
   * @throws ChannelClosedException if the channel is closed, before the call or while it waits; the
   *     element was not sent
   */
  void send(T element) throws InterruptedException;

  /**
   * Sends an element if there is space, without waiting and whether or not the thread is interrupted.
   *
   * @return true if the element was sent; false only if there was no space at some moment during the
   *     call
   * @throws ChannelClosedException if the channel is closed
   */
  boolean trySend(T element);

  /**
   * Sends an element, waiting for space for a limited time.
   *
   * @param timeout how long to wait; zero or negative means one attempt
   * @return true if the element was sent; false if there was no space in time
   * @throws InterruptedException if the thread is interrupted on entry or while it waits; the element
   *     was not sent
   * @throws ChannelClosedException if the channel is closed, before the call or while it waits; the
   *     element was not sent
   */
  boolean send(T element, Duration timeout) throws InterruptedException;

  /**
   * Sends elements in order, waiting for space as long as necessary. Other senders' elements may come
   * between them.
   *
   * @param elements copied before the first one is sent; none may be null
   * @return how many were sent, from the first one on: all, unless the channel was closed or the
   *     thread was interrupted meanwhile, in which case its interrupt flag is set. The rest was not
   *     sent
   * @throws InterruptedException if the thread is interrupted before the first element was sent;
   *     nothing was sent
   */
  int sendAll(Collection<? extends T> elements) throws InterruptedException;

  /**
   * Returns a clause for a {@link Select} that sends an element.
   *
   * @param then gives the result of the select after the element was sent
   */
  <R extends @Nullable Object> Clause<R> sending(T element, Supplier<R> then);

  /**
   * Returns a new handle for one of several senders. When all handles made so far are closed, the
   * channel is closed; closing a handle with a cause closes the channel at once.
   *
   * <p>A closed handle throws {@link ChannelClosedException}. The channel itself is not counted as a
   * handle. Make the handles for all senders before the first one can be closed.
   */
  Sender<T> shareSender();

  /**
   * Declares that no more elements follow. Does not wait, and has no effect on a closed channel.
   *
   * <p>Elements accepted before can still be received. Threads that wait to send are woken with
   * {@link ChannelClosedException}, their elements were not sent; threads that wait to receive are
   * woken when no element is left for them.
   */
  @Override
  void close();

  /**
   * Declares that no more elements follow because of a failure. Like {@link #close()}, but the
   * exception that ends the receivers has the given cause.
   *
   * @param cause why, or null for a normal end; ignored if the channel is already closed
   */
  void close(@Nullable Throwable cause);

  /** Returns whether the channel is closed for senders, which it then stays. */
  boolean isClosed();
}

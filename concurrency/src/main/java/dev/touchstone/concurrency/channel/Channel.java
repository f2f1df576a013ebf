package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.util.function.Consumer;

/**
 * A queue between threads that send and threads that receive, which can be closed.
 *
 * <p>A producer that is faster than its consumers waits when the channel is full; a consumer that is
 * faster waits when it is empty. Closing it ends the consumers once they have received everything:
 * {@snippet class="dev.touchstone.concurrency.channel.SnippetsTest" region="channel"}
 *
 * <p><b>Order.</b> Elements leave in the order in which they were accepted; the elements of one
 * sender keep their order always. Waiting threads are served first come, first served, but a running
 * thread may be faster than one that has just been woken, as with {@code ArrayBlockingQueue}.
 *
 * <p><b>Threads.</b> Everything may be called by any number of platform and virtual threads. The
 * methods that do not wait are linearizable: each takes effect at one moment during the call. They
 * are not lock-free: a call may have to wait, for the few instructions that it takes, for another one
 * that is about to store or fetch its element.
 *
 * <p><b>Memory.</b> The array of the channel is allocated when the channel is made, about 12 to 24
 * bytes per element of the capacity; sending and receiving allocate nothing unless they wait.
 *
 * @param <T> the type of the elements, which are never null
 */
public sealed interface Channel<T> extends Sender<T>, Receiver<T>, AutoCloseable
    permits BufferedChannel {

  /**
   * Returns a channel that holds up to {@code capacity} elements.
   *
   * @param capacity how many elements are accepted before senders wait, from 1 to 2<sup>30</sup>
   * @throws IllegalArgumentException if {@code capacity} is out of this range
   */
  static <T> Channel<T> buffered(int capacity) {
    return Channel.<T>builder().capacity(capacity).build();
  }

  /** Returns a builder with the default settings: a capacity of 64. */
  static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /** Returns the number of elements at one moment during the call, from 0 to the capacity. */
  int size();

  /** Returns how many elements the channel holds at most. */
  int capacity();

  /** Returns the number of threads that wait to send; one that was just woken does not count. */
  int waitingSenders();

  /** Returns the number of threads that wait to receive; one that was just woken does not count. */
  int waitingReceivers();

  /**
   * Builds a channel. Reusable after a build; not for several threads.
   *
   * @param <T> the type of the elements
   */
  final class Builder<T> {

    private int capacity = 64;
    private TimeSource timeSource = TimeSource.system();
    private Consumer<? super T> onUndelivered = element -> {};

    private Builder() {}

    /**
     * Sets how many elements are accepted before senders wait. The default is 64.
     *
     * @throws IllegalArgumentException if {@code capacity} is not from 1 to 2<sup>30</sup>
     */
    public Builder<T> capacity(int capacity) {
      if (capacity < 1 || capacity > Ring.MAX_CAPACITY) {
        throw new IllegalArgumentException(
            "capacity must be from 1 to " + Ring.MAX_CAPACITY + ", was " + capacity);
      }
      this.capacity = capacity;
      return this;
    }

    /**
     * Sets what happens to elements that were accepted but that nobody will receive, for example to
     * close them. The default does nothing.
     *
     * <p>The handler is called once for each such element, by the thread that cancels the channel,
     * without a lock. What it throws is logged and given to the uncaught exception handler of that
     * thread.
     */
    public Builder<T> onUndelivered(Consumer<? super T> handler) {
      this.onUndelivered = requireNonNull(handler, "handler");
      return this;
    }

    /** Sets the source of time for timeouts and parking. The default is real time. */
    public Builder<T> timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    /** Returns a new channel with these settings. */
    public Channel<T> build() {
      return new BufferedChannel<>(
          new Ring<>(capacity), timeSource, new Undelivered<>(onUndelivered));
    }
  }
}

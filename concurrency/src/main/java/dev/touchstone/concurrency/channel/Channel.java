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
 * <p><b>Memory.</b> A channel with a capacity allocates its array when it is made, about 12 to 24
 * bytes per element of the capacity, and nothing when elements are sent and received, unless a thread
 * waits. One that is {@linkplain #unbounded unbounded} or {@linkplain Builder#fair fair} grows with
 * what it holds.
 *
 * @param <T> the type of the elements, which are never null
 */
public sealed interface Channel<T> extends Sender<T>, Receiver<T>, AutoCloseable
    permits AbstractChannel {

  /**
   * Returns a channel that holds up to {@code capacity} elements.
   *
   * @param capacity how many elements are accepted before senders wait, from 1 to 2<sup>30</sup>
   * @throws IllegalArgumentException if {@code capacity} is out of this range
   */
  static <T> Channel<T> buffered(int capacity) {
    return Channel.<T>builder().capacity(capacity).build();
  }

  /**
   * Returns a channel without a buffer: a send waits until a receiver takes its element, a receive
   * until a sender brings one. Waiting threads are served strictly first come, first served.
   *
   * <p>Its capacity and its size are always 0.
   */
  static <T> Channel<T> rendezvous() {
    return Channel.<T>builder().rendezvous().build();
  }

  /**
   * Returns a channel that holds any number of elements. Sending never waits; the memory is the limit.
   *
   * <p>Its capacity is {@link Integer#MAX_VALUE}.
   */
  static <T> Channel<T> unbounded() {
    return Channel.<T>builder().unbounded().build();
  }

  /** Returns a builder with the default settings: a buffer for 64 elements that is not fair. */
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

  /** Returns what this channel has done so far. */
  ChannelStatistics statistics();

  /**
   * Builds a channel. Reusable after a build; not for several threads.
   *
   * @param <T> the type of the elements
   */
  final class Builder<T> {

    private static final int RENDEZVOUS = 0;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private int capacity = 64;
    private boolean fair;
    private Overflow overflow = Overflow.SUSPEND;
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

    /** Lets each send wait for the receive that takes its element, instead of a capacity. */
    public Builder<T> rendezvous() {
      this.capacity = RENDEZVOUS;
      return this;
    }

    /** Accepts any number of elements, instead of a capacity. */
    public Builder<T> unbounded() {
      this.capacity = UNBOUNDED;
      return this;
    }

    /**
     * Serves waiting threads strictly first come, first served: no running thread is faster than one
     * that waits. That costs a lock per operation and a switch between threads whenever both sides
     * wait for each other. By default a running thread may be faster.
     */
    public Builder<T> fair() {
      this.fair = true;
      return this;
    }

    /**
     * Sets what happens to an element that is sent to a full channel. The default is {@link
     * Overflow#SUSPEND}, the sender waits.
     */
    public Builder<T> overflow(Overflow overflow) {
      this.overflow = requireNonNull(overflow, "overflow");
      return this;
    }

    /**
     * Sets what happens to elements that were accepted but that nobody will receive, for example to
     * close them. The default does nothing.
     *
     * <p>The handler is called once for each such element, by the thread that cancels the channel or
     * makes the channel drop it, without a lock. What it throws is logged and given to the uncaught
     * exception handler of that thread.
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

    /**
     * Returns a new channel with these settings.
     *
     * @throws IllegalStateException if elements should be dropped, and the channel has no capacity or
     *     is fair
     */
    public Channel<T> build() {
      var undelivered = new Undelivered<T>(onUndelivered);
      var handsOver = fair || capacity == RENDEZVOUS;
      if (overflow != Overflow.SUSPEND && (handsOver || capacity == UNBOUNDED)) {
        throw new IllegalStateException("overflow " + overflow
            + " needs a capacity and a channel that is not fair; use SUSPEND, or capacity(n)"
            + " without fair()");
      }
      if (handsOver) {
        return new HandOffChannel<>(capacity, timeSource, undelivered);
      }
      return new BufferedChannel<>(buffer(), overflow, timeSource, undelivered);
    }

    private Buffer<T> buffer() {
      if (capacity == UNBOUNDED) {
        return new Chunks<>();
      }
      return new Ring<>(overflow == Overflow.CONFLATE ? 1 : capacity);
    }
  }
}

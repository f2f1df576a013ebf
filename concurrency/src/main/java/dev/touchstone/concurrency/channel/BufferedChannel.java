package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.Ring.Offer;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A channel made of a {@link Ring}, which never waits, and a {@link WaitLine} for each side.
 *
 * <p>Every blocking operation is an attempt on the ring; if that fails, the thread joins its line and
 * repeats the attempt when it is woken. Every success wakes the first waiter of the other side.
 */
final class BufferedChannel<T> implements Channel<T> {

  private final Ring<T> ring;
  private final TimeSource time;
  private final Undelivered<T> undelivered;
  private final WaitLine senders;
  private final WaitLine receivers;

  /** Null while open. Set before the ring is closed, so whoever finds it closed finds the reason. */
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

  BufferedChannel(Ring<T> ring, TimeSource time, Undelivered<T> undelivered) {
    this.ring = ring;
    this.time = time;
    this.undelivered = undelivered;
    senders = new WaitLine(time, () -> !ring.isFull());
    receivers = new WaitLine(time, () -> !ring.isEmpty());
  }

  @Override
  public void send(T element) throws InterruptedException {
    throwIfInterrupted("send");
    if (!trySend(element)) {
      senders.await(new Waiter(), () -> sent(element), this);
    }
  }

  @Override
  public boolean send(T element, Duration timeout) throws InterruptedException {
    requireNonNull(timeout, "timeout");
    throwIfInterrupted("send");
    return trySend(element)
        || (timeout.isPositive()
            && senders.await(timed(timeout), () -> sent(element), this) != null);
  }

  @Override
  public boolean trySend(T element) {
    requireNonNull(element, "element");
    return switch (ring.offer(element)) {
      case ACCEPTED -> {
        receivers.wakeOne();
        yield true;
      }
      case FULL -> false;
      case CLOSED -> throw closed();
    };
  }

  /** Tries to send; returns null if there is no space. */
  private @Nullable Offer sent(T element) {
    return trySend(element) ? Offer.ACCEPTED : null;
  }

  @Override
  public T receive() throws InterruptedException {
    throwIfInterrupted("receive");
    var element = tryReceive();
    return element != null
        ? element
        : requireNonNull(receivers.await(new Waiter(), this::tryReceive, this));
  }

  @Override
  public @Nullable T receive(Duration timeout) throws InterruptedException {
    requireNonNull(timeout, "timeout");
    throwIfInterrupted("receive");
    var element = tryReceive();
    return element != null || !timeout.isPositive()
        ? element
        : receivers.await(timed(timeout), this::tryReceive, this);
  }

  @Override
  public @Nullable T tryReceive() {
    var element = ring.poll();
    if (element != null) {
      senders.wakeOne();
    } else if (ring.isDrained()) {
      throw closed();
    }
    return element;
  }

  @Override
  public List<T> receiveBatch(int max) throws InterruptedException {
    if (max < 1) {
      throw new IllegalArgumentException("max must be at least 1, was " + max);
    }
    throwIfInterrupted("receiveBatch");
    var batch = tryReceiveBatch(max);
    return batch != null
        ? batch
        : requireNonNull(receivers.await(new Waiter(), () -> tryReceiveBatch(max), this));
  }

  private @Nullable List<T> tryReceiveBatch(int max) {
    var batch = ring.pollUpTo(max);
    if (!batch.isEmpty()) {
      senders.wakeOne();
      return batch;
    }
    if (ring.isDrained()) {
      throw closed();
    }
    return null;
  }

  @Override
  public void close() {
    close(null);
  }

  @Override
  public void close(@Nullable Throwable cause) {
    ending.compareAndSet(null, new Ending.Closed(cause));
    closeRing();
  }

  @Override
  public void cancel(Throwable cause) {
    var cancelled = new Ending.Cancelled(requireNonNull(cause, "cause"));
    ending.updateAndGet(now -> now instanceof Ending.Cancelled ? now : cancelled);
    closeRing();
    undelivered.handle(ring.pollAll());
  }

  private void closeRing() {
    ring.close();
    senders.wakeAll();
    receivers.wakeAll();
  }

  private ChannelClosedException closed() {
    return requireNonNull(ending.get()).toException();
  }

  @Override
  public boolean isClosed() {
    return ring.isClosed();
  }

  @Override
  public boolean isDrained() {
    return ring.isDrained();
  }

  @Override
  public int size() {
    return ring.size();
  }

  @Override
  public int capacity() {
    return ring.capacity();
  }

  @Override
  public int waitingSenders() {
    return senders.waiting();
  }

  @Override
  public int waitingReceivers() {
    return receivers.waiting();
  }

  @Override
  public Iterator<T> iterator() {
    return new ChannelIterator<>(this);
  }

  @Override
  public void forEach(Consumer<? super T> action) {
    requireNonNull(action, "action");
    new ChannelIterator<>(this).forEachRemaining(action);
  }

  @Override
  public Stream<T> stream() {
    return StreamSupport.stream(new ChannelIterator<>(this), false);
  }

  @Override
  public String toString() {
    var state = isDrained() ? "drained" : isClosed() ? "closed" : "open";
    return "Channel[" + state + ", size=" + size() + ", capacity=" + capacity() + "]";
  }

  private Waiter timed(Duration timeout) {
    return new Waiter.Timed(time.deadlineAfter(timeout));
  }

  private static void throwIfInterrupted(String operation) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before " + operation);
    }
  }
}

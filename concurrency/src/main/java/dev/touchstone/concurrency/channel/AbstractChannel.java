package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What all channels do in the same way, by means of the few operations that they do not. */
abstract sealed class AbstractChannel<T> implements Channel<T>
    permits BufferedChannel, HandOffChannel {

  final TimeSource time;
  final Undelivered<T> undelivered;
  final LongAdder blockedSends = new LongAdder();
  final LongAdder blockedReceives = new LongAdder();

  /** Null while open. Set before anybody can find the channel closed. */
  final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

  private final AtomicInteger senderShares = new AtomicInteger();
  private final AtomicInteger receiverShares = new AtomicInteger();

  AbstractChannel(TimeSource time, Undelivered<T> undelivered) {
    this.time = time;
    this.undelivered = undelivered;
  }

  /** Sends, waiting until the deadline, or without a limit if there is none. */
  abstract boolean send(T element, @Nullable Deadline deadline) throws InterruptedException;

  /** Receives, waiting until the deadline, or without a limit if there is none. */
  abstract @Nullable T receive(@Nullable Deadline deadline) throws InterruptedException;

  /** Takes several elements without waiting: at least one, or none if there is none. */
  abstract List<T> tryReceiveBatch(int max);

  /** Refuses elements from now on and wakes everybody. {@link #ending} has been set. */
  abstract void refuse();

  /** Takes all elements of the closed channel in one step. */
  abstract List<T> discard();

  abstract Line senderLine();

  abstract Line receiverLine();

  @Override
  public final void send(T element) throws InterruptedException {
    throwIfInterrupted("send");
    if (!trySend(element)) {
      var event = ChannelBlocked.started();
      try {
        send(element, (Deadline) null);
      } finally {
        event.finish("send", this);
      }
    }
  }

  @Override
  public final boolean send(T element, Duration timeout) throws InterruptedException {
    requireNonNull(timeout, "timeout");
    throwIfInterrupted("send");
    if (trySend(element)) {
      return true;
    }
    if (!timeout.isPositive()) {
      return false;
    }
    var event = ChannelBlocked.started();
    try {
      return send(element, Deadline.after(timeout, time));
    } finally {
      event.finish("send", this);
    }
  }

  @Override
  public final int sendAll(Collection<? extends T> elements) throws InterruptedException {
    var all = List.copyOf(elements);
    throwIfInterrupted("sendAll");
    var sent = 0;
    try {
      for (var element : all) {
        if (!trySend(element)) {
          send(element);
        }
        sent++;
      }
    } catch (InterruptedException e) {
      if (sent == 0) {
        throw e;
      }
      Thread.currentThread().interrupt();
    } catch (ChannelClosedException closed) {
      return sent; // the caller keeps the rest, as with a single send
    }
    return sent;
  }

  @Override
  public final T receive() throws InterruptedException {
    throwIfInterrupted("receive");
    var element = tryReceive();
    return element != null ? element : requireNonNull(receiveSlowly(null));
  }

  @Override
  public final @Nullable T receive(Duration timeout) throws InterruptedException {
    requireNonNull(timeout, "timeout");
    throwIfInterrupted("receive");
    var element = tryReceive();
    return element != null || !timeout.isPositive()
        ? element
        : receiveSlowly(Deadline.after(timeout, time));
  }

  private @Nullable T receiveSlowly(@Nullable Deadline deadline) throws InterruptedException {
    var event = ChannelBlocked.started();
    try {
      return receive(deadline);
    } finally {
      event.finish("receive", this);
    }
  }

  @Override
  public final List<T> receiveBatch(int max) throws InterruptedException {
    throwUnlessPositive(max);
    throwIfInterrupted("receiveBatch");
    var batch = tryReceiveBatch(max);
    if (!batch.isEmpty()) {
      return batch;
    }
    var first = requireNonNull(receiveSlowly(null));
    batch = new ArrayList<>();
    batch.add(first);
    fill(batch, max);
    return batch;
  }

  @Override
  public final List<T> receiveBatch(int max, Duration linger) throws InterruptedException {
    requireNonNull(linger, "linger");
    var batch = receiveBatch(max);
    var deadline = Deadline.after(linger, time);
    try {
      while (batch.size() < max) {
        var next = receive(deadline.left(time));
        if (next == null) {
          break;
        }
        batch.add(next);
        fill(batch, max);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what was received is not lost
    } catch (ChannelClosedException closed) {
      return batch; // the next call will say so
    }
    return batch;
  }

  /** Adds what is there without waiting. */
  private void fill(List<T> batch, int max) {
    if (batch.size() < max && !isDrained()) {
      batch.addAll(tryReceiveBatchUnlessClosed(max - batch.size()));
    }
  }

  private List<T> tryReceiveBatchUnlessClosed(int max) {
    try {
      return tryReceiveBatch(max);
    } catch (ChannelClosedException closed) {
      return List.of();
    }
  }

  @Override
  public final int drainTo(Collection<? super T> target, int max) {
    requireNonNull(target, "target");
    throwUnlessPositive(max);
    var drained = 0;
    for (var batch = tryReceiveBatch(max);
        !batch.isEmpty();
        batch = drained < max ? tryReceiveBatchUnlessClosed(max - drained) : List.of()) {
      for (var i = 0; i < batch.size(); i++) {
        try {
          target.add(batch.get(i));
        } catch (Throwable failure) {
          undelivered.handle(batch.subList(i, batch.size()));
          throw failure;
        }
        drained++;
      }
    }
    return drained;
  }

  @Override
  public final void close() {
    close(null);
  }

  @Override
  public final void close(@Nullable Throwable cause) {
    ending.compareAndSet(null, new Ending.Closed(cause));
    refuse();
  }

  @Override
  public final void cancel(Throwable cause) {
    var cancelled = new Ending.Cancelled(requireNonNull(cause, "cause"));
    ending.updateAndGet(now -> now instanceof Ending.Cancelled ? now : cancelled);
    refuse();
    undelivered.handle(discard());
  }

  final ChannelClosedException closed() {
    return requireNonNull(ending.get()).toException();
  }

  @Override
  public final Sender<T> shareSender() {
    return new SharedSender<>(this, senderShares);
  }

  @Override
  public final SharedReceiver<T> shareReceiver() {
    return new SharedReceiver<>(this, receiverShares);
  }

  @Override
  public final <R extends @Nullable Object> Clause<R> sending(T element, Supplier<R> then) {
    return Clause.sending(this, requireNonNull(element, "element"), then);
  }

  @Override
  public final <R extends @Nullable Object> Clause<R> receiving(Function<? super T, R> then) {
    return Clause.receiving(this, then);
  }

  @Override
  public final Iterator<T> iterator() {
    return new ChannelIterator<>(this);
  }

  @Override
  public final void forEach(Consumer<? super T> action) {
    requireNonNull(action, "action");
    new ChannelIterator<>(this).forEachRemaining(action);
  }

  @Override
  public final Stream<T> stream() {
    return StreamSupport.stream(new ChannelIterator<>(this), false);
  }

  @Override
  public final Flow.Publisher<T> toPublisher() {
    return toPublisher(Thread.ofVirtual().name("touchstone-publisher-", 0).factory());
  }

  @Override
  public final Flow.Publisher<T> toPublisher(ThreadFactory threads) {
    return new ChannelPublisher<>(this, undelivered, threads);
  }

  @Override
  public final String toString() {
    var state = isDrained() ? "drained" : isClosed() ? "closed" : "open";
    return "Channel[" + state + ", size=" + size() + ", capacity=" + capacity() + "]";
  }

  static void throwIfInterrupted(String operation) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before " + operation);
    }
  }

  private static void throwUnlessPositive(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("max must be at least 1, was " + max);
    }
  }
}

package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A channel made of a {@link Buffer}, which never waits, and a {@link WaitLine} for each side.
 *
 * <p>Every blocking operation is an attempt on the buffer; if that fails, the thread joins its line
 * and repeats the attempt when it is woken. Every success wakes the first waiter of the other side.
 */
final class BufferedChannel<T> extends AbstractChannel<T> {

  private final Buffer<T> buffer;
  private final Overflow overflow;
  private final WaitLine senders;
  private final WaitLine receivers;
  private final LongAdder discarded = new LongAdder();

  BufferedChannel(
      Buffer<T> buffer, Overflow overflow, TimeSource time, Undelivered<T> undelivered) {
    super(time, undelivered);
    this.buffer = buffer;
    this.overflow = overflow;
    var crowd = new Crowd();
    senders = new WaitLine(time, () -> !buffer.isFull(), crowd);
    receivers = new WaitLine(time, () -> !buffer.isEmpty(), crowd);
  }

  @Override
  public boolean trySend(T element) {
    requireNonNull(element, "element");
    return switch (buffer.offer(element)) {
      case ACCEPTED -> {
        receivers.wakeOne();
        yield true;
      }
      case FULL -> displaces() && displaceOldest(element);
      case CLOSED -> throw closed();
    };
  }

  private boolean displaces() {
    return overflow == Overflow.DROP_OLDEST || overflow == Overflow.CONFLATE;
  }

  private boolean displaceOldest(T element) {
    while (true) {
      var oldest = buffer.pollIfFull();
      if (oldest != null) {
        discarded.increment();
        undelivered.handle(List.of(oldest));
      }
      switch (buffer.offer(element)) {
        case ACCEPTED -> {
          receivers.wakeOne();
          return true;
        }
        case CLOSED -> throw closed();
        case FULL -> {} // another sender took the place
      }
    }
  }

  @Override
  boolean send(T element, @Nullable Deadline deadline) throws InterruptedException {
    if (overflow == Overflow.DROP_NEWEST) {
      undelivered.handle(List.of(element));
      return true;
    }
    blockedSends.increment();
    var sent =
        senders.await(new Waiter(deadline), () -> trySend(element) ? Offer.ACCEPTED : null, this);
    return sent != null;
  }

  @Override
  @Nullable
  T receive(@Nullable Deadline deadline) throws InterruptedException {
    blockedReceives.increment();
    return receivers.await(new Waiter(deadline), this::tryReceive, this);
  }

  @Override
  public @Nullable T tryReceive() {
    var element = buffer.poll();
    if (element != null) {
      senders.wakeOne();
    } else if (buffer.isDrained()) {
      throw closed();
    }
    return element;
  }

  @Override
  List<T> tryReceiveBatch(int max) {
    var batch = buffer.pollUpTo(max);
    if (!batch.isEmpty()) {
      senders.wakeOne();
    } else if (buffer.isDrained()) {
      throw closed();
    }
    return batch;
  }

  @Override
  void refuse() {
    buffer.close();
    senders.wakeAll();
    receivers.wakeAll();
  }

  @Override
  List<T> discard() {
    var elements = buffer.pollAll();
    discarded.add(elements.size());
    return elements;
  }

  @Override
  Line senderLine() {
    return senders;
  }

  @Override
  Line receiverLine() {
    return receivers;
  }

  @Override
  public boolean isClosed() {
    return buffer.isClosed();
  }

  @Override
  public boolean isDrained() {
    return buffer.isDrained();
  }

  @Override
  public int size() {
    return buffer.size();
  }

  @Override
  public int capacity() {
    return buffer.capacity();
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
  public ChannelStatistics statistics() {
    var dropped = discarded.sum();
    return new ChannelStatistics(
        buffer.accepted(),
        Math.max(0, buffer.taken() - dropped),
        dropped,
        blockedSends.sum(),
        blockedReceives.sum());
  }
}

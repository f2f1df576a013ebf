package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.Waiter.Place;
import dev.touchstone.concurrency.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A channel in which a thread that waits is served by the thread that ends its wait: a rendezvous, or
 * a fair buffer.
 *
 * <p>One lock guards the elements and both lines. No thread parks, is unparked, or runs code of a
 * user while it holds that lock.
 */
final class HandOffChannel<T> extends AbstractChannel<T> {

  /*
   * Whenever the lock is free: if receivers wait, there are no elements and no senders wait; if
   * senders wait, the buffer is full. (With select clauses among them, "wait" means those that can be
   * claimed.) So an operation has to look at one place only:
   *
   *   send:     hand the element to the first receiver, or buffer it, or wait;
   *   receive:  take the oldest element, and let the first sender's element follow into the buffer;
   *             without a buffer take it from that sender; or wait.
   *
   * A waiter finds its work done when it wakes up. Nobody can be faster than the first in line, which
   * is what fair means, and a rendezvous cannot be done otherwise. The price is a context switch per
   * element when both sides wait for each other; BufferedChannel avoids that.
   *
   * A waiter that gives up (interrupt, timeout) takes the lock and looks whether it was served. If it
   * was, the effect stands.
   *
   * Source: the channels of the Go runtime (chan.go), which hand over under a lock in the same way.
   */

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock.
  private final ArrayDeque<T> elements = new ArrayDeque<>();
  private final WaiterQueue<Party<T>> senders = new WaiterQueue<>();
  private final WaiterQueue<Party<T>> receivers = new WaiterQueue<>();
  private boolean refusing;
  private long sent;
  private long received;
  private long discarded;

  HandOffChannel(int capacity, TimeSource time, Undelivered<T> undelivered) {
    super(time, undelivered);
    this.capacity = capacity;
  }

  @Override
  public boolean trySend(T element) {
    return give(requireNonNull(element, "element"), null);
  }

  @Override
  public @Nullable T tryReceive() {
    return take(null);
  }

  @Override
  boolean send(T element, @Nullable Deadline deadline) throws InterruptedException {
    blockedSends.increment();
    var party = new Party<T>(deadline);
    return give(element, party) || awaitService(party, senders);
  }

  @Override
  @Nullable
  T receive(@Nullable Deadline deadline) throws InterruptedException {
    blockedReceives.increment();
    var party = new Party<T>(deadline);
    var element = take(party);
    return element != null || !awaitService(party, receivers) ? element : party.element;
  }

  /** Sends without waiting; if that is not possible and there is a party, it joins the line. */
  private boolean give(T element, @Nullable Party<T> party) {
    @Nullable Party<T> receiver = null;
    Offer outcome;
    lock.lock();
    try {
      if (refusing) {
        outcome = Offer.CLOSED;
      } else if ((receiver = claimFirst(receivers)) != null) {
        outcome = Offer.ACCEPTED;
        serve(receiver, receivers, element);
        sent++;
        received++;
      } else if (elements.size() < capacity) {
        outcome = Offer.ACCEPTED;
        elements.add(element);
        sent++;
      } else {
        outcome = Offer.FULL;
        if (party != null) {
          party.element = element;
          senders.addLast(party);
        }
      }
    } finally {
      lock.unlock();
    }
    if (receiver != null) {
      LockSupport.unpark(receiver.thread);
    }
    return switch (outcome) {
      case ACCEPTED -> true;
      case FULL -> false;
      case CLOSED -> throw closed();
    };
  }

  /** Receives without waiting; if that is not possible and there is a party, it joins the line. */
  private @Nullable T take(@Nullable Party<T> party) {
    @Nullable T element;
    @Nullable Party<T> sender;
    boolean drained;
    lock.lock();
    try {
      element = elements.poll();
      sender = claimFirst(senders);
      if (sender != null) {
        var brought = requireNonNull(sender.element);
        if (element == null) {
          element = brought;
        } else {
          elements.add(brought); // into the place that became free: the deque need not grow
        }
        serve(sender, senders, null);
        sent++;
      }
      drained = element == null && refusing;
      if (element != null) {
        received++;
      } else if (party != null && !drained) {
        receivers.addLast(party);
      }
    } finally {
      lock.unlock();
    }
    if (sender != null) {
      LockSupport.unpark(sender.thread);
    }
    if (drained) {
      throw closed();
    }
    return element;
  }

  private @Nullable Party<T> claimFirst(WaiterQueue<Party<T>> line) {
    for (var party = line.first(); party != null; party = line.after(party)) {
      if (party.claim()) {
        return party;
      }
    }
    return null;
  }

  private void serve(Party<T> party, WaiterQueue<Party<T>> line, @Nullable T element) {
    party.element = element;
    line.remove(party, Place.CHOSEN);
  }

  /** Waits for a party in line; returns whether it was served. */
  private boolean awaitService(Party<T> party, WaiterQueue<Party<T>> line)
      throws InterruptedException {
    try {
      party.awaitTurn(time, this);
    } catch (InterruptedException interrupted) {
      if (withdraw(party, line)) {
        throw interrupted;
      }
      Thread.currentThread().interrupt(); // it was served, or sent away, first
    } finally {
      withdraw(party, line);
    }
    if (party.place == Place.OUTSIDE && !party.withdrew) {
      throw closed();
    }
    return party.place == Place.CHOSEN;
  }

  /** Takes a party out of its line; returns false if it is not there any more. */
  private boolean withdraw(Party<T> party, WaiterQueue<Party<T>> line) {
    lock.lock();
    try {
      if (party.place != Place.IN_LINE) {
        return false;
      }
      line.remove(party, Place.OUTSIDE);
      party.withdrew = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  List<T> tryReceiveBatch(int max) {
    var batch = new ArrayList<T>();
    var element = tryReceive();
    while (element != null) {
      batch.add(element);
      element = batch.size() < max && !isDrained() ? pollUnlessClosed() : null;
    }
    return batch;
  }

  private @Nullable T pollUnlessClosed() {
    try {
      return tryReceive();
    } catch (ChannelClosedException closed) {
      return null;
    }
  }

  @Override
  void refuse() {
    var sentAway = new ArrayList<Party<T>>();
    lock.lock();
    try {
      refusing = true;
      sendAway(senders, sentAway);
      sendAway(receivers, sentAway);
    } finally {
      lock.unlock();
    }
    for (var party : sentAway) {
      LockSupport.unpark(party.thread);
    }
  }

  private void sendAway(WaiterQueue<Party<T>> line, List<Party<T>> sentAway) {
    for (var party = line.removeFirst(Place.OUTSIDE);
        party != null;
        party = line.removeFirst(Place.OUTSIDE)) {
      sentAway.add(party);
    }
  }

  @Override
  List<T> discard() {
    lock.lock();
    try {
      var all = new ArrayList<>(elements);
      elements.clear();
      discarded += all.size();
      return all;
    } finally {
      lock.unlock();
    }
  }

  @Override
  Line senderLine() {
    return new ClauseLine(senders);
  }

  @Override
  Line receiverLine() {
    return new ClauseLine(receivers);
  }

  /** The clauses of selects stand in line like other parties; a wake-up needs no passing on. */
  private final class ClauseLine implements Line {

    private final WaiterQueue<Party<T>> line;

    ClauseLine(WaiterQueue<Party<T>> line) {
      this.line = line;
    }

    @Override
    @SuppressWarnings("unchecked") // Clause makes the waiters for this channel
    public void join(Waiter waiter) {
      lock.lock();
      try {
        if (!refusing) { // else the next try of the select finds the channel closed
          line.addLast((Party<T>) waiter);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void leave(Waiter waiter) {
      withdraw((Party<T>) waiter, line);
    }
  }

  @Override
  public boolean isClosed() {
    lock.lock();
    try {
      return refusing;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isDrained() {
    lock.lock();
    try {
      return refusing && elements.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int size() {
    lock.lock();
    try {
      return elements.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int waitingSenders() {
    lock.lock();
    try {
      return senders.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int waitingReceivers() {
    lock.lock();
    try {
      return receivers.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ChannelStatistics statistics() {
    lock.lock();
    try {
      return new ChannelStatistics(
          sent, received, discarded, blockedSends.sum(), blockedReceives.sum());
    } finally {
      lock.unlock();
    }
  }
}

package dev.touchstone.concurrency.channel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue for any number of threads, which never waits for space or elements and can be closed.
 *
 * <p>All operations are linearizable. They are not lock-free: see the tickets below.
 */
abstract class Buffer<E> {

  /*
   * Tickets. head and tail count the elements that were ever taken and ever accepted. An element is
   * accepted by the compare-and-set that moves tail from t to t + 1, which gives it the ticket t; it
   * is taken by the one that moves head past t. These two writes are the linearization points, and
   * so "empty" is head == tail, "full" is tail - head == capacity, and both are decided by the
   * counters alone, never by the state of a slot:
   *
   *   full:  t = tail, then h = head. Both only grow, so at the second read tail - head >= t - h;
   *          if that is the capacity, the buffer was full at that moment.
   *   empty: h = head, then t = tail. If they are equal, then at the second read
   *          h <= head <= tail == h.
   *
   * Between the compare-and-set and the store of the element a slot is claimed but not published.
   * A thread that needs this slot spins, then yields, until its owner goes on: reporting "empty"
   * although a send that has returned accepted a later element would be wrong. That is why the
   * operations are not lock-free. The owner is two stores away from the end and never parks there.
   *
   * Memory order. The element is stored before a release of its slot, and loaded after the acquire:
   * whoever reads it sees what its sender did before. The release is enough. The wake-up protocol in
   * WaitLine needs "made available, then read the number of waiters" in one order for all threads,
   * but availability is decided by the counters, so it is the compare-and-set of the counter (a
   * volatile access) that precedes the volatile read there. A waiter that sees the counter but not
   * yet the slot does not park: it is in the situation above.
   *
   * Closing. The sign bit of tail means closed. A send is the compare-and-set of that same word, so
   * it either comes before the close, and its element can be received, or fails: there is no third
   * case and no extra read. From then on tail does not change.
   */

  private static final long CLOSED_BIT = Long.MIN_VALUE;
  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 64 : 0;

  /** The number of elements ever taken. */
  final PaddedLong head = new PaddedLong();

  /** The number of elements ever accepted; negative when closed. */
  final PaddedLong tail = new PaddedLong();

  /** Adds an element at the tail, unless the buffer is full or closed. */
  abstract Offer offer(E element);

  /** Takes the element at the head, or returns null if the buffer is empty. */
  abstract @Nullable E poll();

  /** Takes the element at the head if the buffer is full, or returns null. */
  abstract @Nullable E pollIfFull();

  /**
   * Takes elements at the head in one step, in order: those that can be read without waiting, at
   * most {@code max}, and none only if the buffer is empty.
   */
  abstract List<E> pollUpTo(int max);

  /** Takes the element with a ticket that this thread has claimed, once it is published. */
  abstract E take(long ticket);

  abstract int capacity();

  /** Takes all elements of a closed buffer in one step. */
  final List<E> pollAll() {
    while (true) {
      var first = head.get();
      var end = tickets(tail.get());
      var list = new ArrayList<E>((int) (end - first));
      if (head.compareAndSet(first, end)) {
        for (var ticket = first; ticket < end; ticket++) {
          list.add(take(ticket));
        }
        return list;
      }
    }
  }

  /** Refuses all offers from now on. */
  final void close() {
    tail.setBits(CLOSED_BIT);
  }

  final boolean isClosed() {
    return tail.get() < 0;
  }

  /** Returns whether the buffer is closed and empty, which it then stays. */
  final boolean isDrained() {
    var end = tail.get();
    return end < 0 && tickets(end) == head.get();
  }

  final boolean isEmpty() {
    return head.get() == tickets(tail.get());
  }

  final boolean isFull() {
    var end = tickets(tail.get());
    return end - head.get() >= capacity();
  }

  /** Returns the number of elements at one moment during the call. */
  final int size() {
    while (true) {
      var first = head.get();
      var end = tickets(tail.get());
      if (first == head.get()) {
        return (int) Math.min(end - first, Integer.MAX_VALUE);
      }
    }
  }

  /** Returns the number of elements ever accepted. */
  final long accepted() {
    return tickets(tail.get());
  }

  /** Returns the number of elements ever taken. */
  final long taken() {
    return head.get();
  }

  static long tickets(long tail) {
    return tail & ~CLOSED_BIT;
  }

  /** Lets the thread that has claimed a slot go on; to be called in a loop. */
  @SuppressWarnings("ThreadPriorityCheck") // correct without the yield, faster with it
  static void awaitOwnerOfSlot(int attempts) {
    if (attempts < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}

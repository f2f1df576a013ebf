package dev.touchstone.concurrency.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of exact capacity for any number of threads, which never waits for space or
 * elements and can be closed.
 *
 * <p>All operations are linearizable. They are not lock-free: see below.
 */
final class Ring<E> {

  /*
   * Tickets. head and tail count the elements that were ever taken and ever accepted. An element is
   * accepted by the compare-and-set that moves tail from t to t + 1, which gives it the ticket t; it
   * is taken by the one that moves head past t. These two writes are the linearization points, and
   * so "empty" is head == tail, "full" is tail - head == capacity, and both are decided by the
   * counters alone, never by the state of a slot:
   *
   *   full:  t = tail, then h = head. Both only grow, so at the second read tail - head >= t - h;
   *          if that is the capacity, the ring was full at that moment.
   *   empty: h = head, then t = tail. If they are equal, then at the second read
   *          h <= head <= tail == h.
   *
   * Slots. Ticket t lives in slot t mod N, where N is the capacity rounded up to a power of two. The
   * sequence of the slot says what may be done with it: t means free for the sender with ticket t,
   * t + 1 means that its element may be read, t + N means that it has been read, which is the same as
   * free for the sender with ticket t + N. A sender may have ticket t only if ticket t - capacity has
   * been read (so the capacity is exact, although N may be larger) and its own slot is free. Both are
   * visible in the sequences, so a sender looks at head, which the receivers are busy writing, only
   * when it is about to report that the ring is full.
   *
   * Between the compare-and-set and the write of the sequence a slot is claimed but not published.
   * A thread that needs this slot spins, then yields, until its owner goes on: reporting "empty"
   * although a send that has returned accepted a later element would be wrong. That is why the
   * operations are not lock-free. The owner is two stores away from the end and never parks there.
   *
   * Memory order. The element is a plain store before the release of the sequence, and a plain load
   * after its acquire: whoever reads the element sees what its sender did before. The release is
   * enough. The wake-up protocol in WaitLine needs "made available, then read the number of waiters"
   * in one order for all threads, but availability is decided by the counters, so it is the
   * compare-and-set of the counter (a volatile access) that precedes the volatile read there.
   *
   * Closing. The sign bit of tail means closed. A send is the compare-and-set of that same word, so
   * it either comes before the close, and its element can be received, or fails: there is no third
   * case and no extra read. From then on tail does not change.
   *
   * Sources: Dmitry Vyukov, "Bounded MPMC queue" (1024cores), for slots with sequences; Nitsan
   * Wakart's JCTools (MpmcArrayQueue) for sequences in an array of their own and the padding. Closed
   * bit, exact capacity from the sequences and the emptiness rule are ours.
   */

  /** What became of an offer. */
  enum Offer {
    ACCEPTED,
    FULL,
    CLOSED
  }

  static final int MAX_CAPACITY = 1 << 30;

  private static final long CLOSED_BIT = Long.MIN_VALUE;
  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 64 : 0;
  private static final VarHandle SEQUENCE = MethodHandles.arrayElementVarHandle(long[].class);

  private final int capacity;
  private final int mask;
  private final long[] sequences;
  private final @Nullable Object[] elements;
  private final PaddedLong head = new PaddedLong();
  private final PaddedLong tail = new PaddedLong();

  Ring(int capacity) {
    // With a single slot "may be read", t + 1, could not be told from "has been read", t + N.
    var slots = Math.max(2, Integer.highestOneBit(2 * capacity - 1));
    this.capacity = capacity;
    mask = slots - 1;
    elements = new Object[slots];
    sequences = new long[slots];
    for (var i = 0; i < slots; i++) {
      sequences[i] = i;
    }
    VarHandle.releaseFence();
  }

  /** Adds an element at the tail, unless the ring is full or closed. */
  Offer offer(E element) {
    for (var attempts = 0; ; attempts++) {
      var ticket = tail.get();
      if (ticket < 0) {
        return Offer.CLOSED;
      }
      if (wasRead(ticket - capacity) && wasRead(ticket - sequences.length)) {
        if (tail.compareAndSet(ticket, ticket + 1)) {
          elements[slot(ticket)] = element;
          SEQUENCE.setRelease(sequences, slot(ticket), ticket + 1);
          return Offer.ACCEPTED;
        }
      } else if (ticket - head.get() >= capacity) {
        return Offer.FULL;
      } else if (tail.get() == ticket) {
        awaitOwnerOfSlot(attempts);
      }
    }
  }

  /** Takes the element at the head, or returns null if the ring is empty. */
  @Nullable
  E poll() {
    for (var attempts = 0; ; attempts++) {
      var ticket = head.get();
      if (isPublished(ticket)) {
        if (head.compareAndSet(ticket, ticket + 1)) {
          return read(ticket);
        }
      } else if (tickets(tail.get()) == ticket) {
        return null;
      } else if (head.get() == ticket) {
        awaitOwnerOfSlot(attempts);
      }
    }
  }

  /**
   * Takes elements at the head in one step, in order: those that can be read without waiting, at
   * most {@code max}, and none only if the ring is empty.
   */
  List<E> pollUpTo(int max) {
    for (var attempts = 0; ; attempts++) {
      var first = head.get();
      var count = 0;
      while (count < max && isPublished(first + count)) {
        count++;
      }
      if (count > 0) {
        var list = new ArrayList<E>(count); // nothing may fail once the slots are claimed
        if (head.compareAndSet(first, first + count)) {
          read(first, first + count, list);
          return list;
        }
      } else if (tickets(tail.get()) == first) {
        return List.of();
      } else if (head.get() == first) {
        awaitOwnerOfSlot(attempts);
      }
    }
  }

  /** Takes all elements of a closed ring in one step. */
  List<E> pollAll() {
    while (true) {
      var first = head.get();
      var end = tickets(tail.get());
      var list = new ArrayList<E>((int) (end - first));
      if (head.compareAndSet(first, end)) {
        for (var ticket = first; ticket < end; ticket++) {
          for (var attempts = 0; !isPublished(ticket); attempts++) {
            awaitOwnerOfSlot(attempts);
          }
        }
        read(first, end, list);
        return list;
      }
    }
  }

  /** Refuses all offers from now on. */
  void close() {
    tail.setBits(CLOSED_BIT);
  }

  boolean isClosed() {
    return tail.get() < 0;
  }

  /** Returns whether the ring is closed and empty, which it then stays. */
  boolean isDrained() {
    var end = tail.get();
    return end < 0 && tickets(end) == head.get();
  }

  boolean isEmpty() {
    return head.get() == tickets(tail.get());
  }

  boolean isFull() {
    var end = tickets(tail.get());
    return end - head.get() >= capacity;
  }

  /** Returns the number of elements at one moment during the call. */
  int size() {
    while (true) {
      var first = head.get();
      var end = tickets(tail.get());
      if (first == head.get()) {
        return (int) (end - first);
      }
    }
  }

  int capacity() {
    return capacity;
  }

  /** Returns whether the element with this ticket has been read, so that its slot is free. */
  private boolean wasRead(long ticket) {
    return (long) SEQUENCE.getAcquire(sequences, slot(ticket)) == ticket + sequences.length;
  }

  /** Returns whether the element with this ticket may be read. */
  private boolean isPublished(long ticket) {
    return (long) SEQUENCE.getAcquire(sequences, slot(ticket)) == ticket + 1;
  }

  private void read(long first, long end, List<E> list) {
    for (var ticket = first; ticket < end; ticket++) {
      list.add(read(ticket));
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a published slot holds an element of type E
  private E read(long ticket) {
    var slot = slot(ticket);
    var element = (E) elements[slot];
    elements[slot] = null;
    SEQUENCE.setRelease(sequences, slot, ticket + sequences.length);
    return element;
  }

  private int slot(long ticket) {
    return (int) ticket & mask;
  }

  private static long tickets(long tail) {
    return tail & ~CLOSED_BIT;
  }

  @SuppressWarnings("ThreadPriorityCheck") // correct without the yield, faster with it
  private static void awaitOwnerOfSlot(int attempts) {
    if (attempts < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}

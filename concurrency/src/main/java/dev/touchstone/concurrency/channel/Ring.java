package dev.touchstone.concurrency.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A buffer of exact capacity in an array that is allocated once. */
final class Ring<E> extends Buffer<E> {

  /*
   * Ticket t lives in slot t mod N, where N is the capacity rounded up to a power of two. The
   * sequence of the slot says what may be done with it: t means free for the sender with ticket t,
   * t + 1 means that its element may be read, t + N means that it has been read, which is the same as
   * free for the sender with ticket t + N. A sender may have ticket t only if ticket t - capacity has
   * been read (so the capacity is exact, although N may be larger) and its own slot is free. Both are
   * visible in the sequences, so a sender looks at head, which the receivers are busy writing, only
   * when it is about to report that the ring is full.
   *
   * Sources: Dmitry Vyukov, "Bounded MPMC queue" (1024cores), for slots with sequences; Nitsan
   * Wakart's JCTools (MpmcArrayQueue) for sequences in an array of their own and the padding. The
   * closed bit, the exact capacity from the sequences and the rules for empty and full are ours.
   */

  static final int MAX_CAPACITY = 1 << 30;

  private static final VarHandle SEQUENCE = MethodHandles.arrayElementVarHandle(long[].class);

  private final int capacity;
  private final int mask;
  private final long[] sequences;
  private final @Nullable Object[] elements;

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
  }

  @Override
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

  @Override
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

  @Override
  @Nullable
  E pollIfFull() {
    while (true) {
      var ticket = head.get();
      // If this holds, it still holds at the compare-and-set: tail only grows.
      if (tickets(tail.get()) - ticket < capacity) {
        if (head.get() == ticket) {
          return null;
        }
      } else if (head.compareAndSet(ticket, ticket + 1)) {
        return take(ticket);
      }
    }
  }

  @Override
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
          for (var ticket = first; ticket < first + count; ticket++) {
            list.add(read(ticket));
          }
          return list;
        }
      } else if (tickets(tail.get()) == first) {
        return List.of();
      } else if (head.get() == first) {
        awaitOwnerOfSlot(attempts);
      }
    }
  }

  @Override
  E take(long ticket) {
    for (var attempts = 0; !isPublished(ticket); attempts++) {
      awaitOwnerOfSlot(attempts);
    }
    return read(ticket);
  }

  @Override
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
}

package dev.touchstone.concurrency.channel;

import dev.touchstone.concurrency.channel.Waiter.Place;
import org.jspecify.annotations.Nullable;

/** Waiters in order, linked through themselves; guarded by the lock of its owner. */
final class WaiterQueue<W extends Waiter> {

  private @Nullable Waiter first;
  private @Nullable Waiter last;
  private int size;

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only the add methods link waiters, and they take a W
  @Nullable
  W first() {
    return (W) first;
  }

  /** Returns the waiter behind a waiter of this queue. */
  @SuppressWarnings("unchecked")
  @Nullable
  W after(W waiter) {
    return (W) waiter.next;
  }

  void addFirst(W waiter) {
    link(null, waiter, first);
  }

  void addLast(W waiter) {
    link(last, waiter, null);
  }

  /** Removes and returns the first waiter and says where it is now; null if there is none. */
  @Nullable
  W removeFirst(Place destination) {
    var waiter = first();
    if (waiter != null) {
      remove(waiter, destination);
    }
    return waiter;
  }

  void remove(W waiter, Place destination) {
    var previous = waiter.previous;
    var next = waiter.next;
    if (previous == null) {
      first = next;
    } else {
      previous.next = next;
    }
    if (next == null) {
      last = previous;
    } else {
      next.previous = previous;
    }
    waiter.previous = null;
    waiter.next = null;
    size--;
    waiter.place = destination;
  }

  private void link(@Nullable Waiter previous, W waiter, @Nullable Waiter next) {
    waiter.previous = previous;
    waiter.next = next;
    if (previous == null) {
      first = waiter;
    } else {
      previous.next = waiter;
    }
    if (next == null) {
      last = waiter;
    } else {
      next.previous = waiter;
    }
    size++;
    waiter.place = Place.IN_LINE;
  }
}

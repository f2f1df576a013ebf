package dev.touchstone.patterns.observe;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** The handlers of a bus at one moment, and which of them concern events of which class. */
final class Routes {

  /*
   * An event class is known by a small number (see Slots), which is the index of its route here.
   * Routes are found when first needed and put into a copy of the table, so that readers need no
   * lock. A route holds handlers only, never the class of the event, so that this table does not
   * keep the class from being unloaded. A change of the handlers makes new Routes: the old ones,
   * and with them all that refers to a listener that was removed, become garbage.
   */

  final Handler[] all;
  private final ReentrantLock lock = new ReentrantLock(); // for changes of the field below
  private volatile Handler[][] bySlot = {};

  Routes(Handler[] all) {
    this.all = all;
  }

  /** Returns the handlers for events of the given class, which has the given slot, in order. */
  Handler[] to(int slot, Class<?> type) {
    var known = bySlot;
    if (slot < known.length) {
      var route = known[slot];
      if (route != null) {
        return route;
      }
    }
    return find(slot, type);
  }

  @SuppressWarnings("NullAway") // the elements between the known slots are null until found
  private Handler[] find(int slot, Class<?> type) {
    var route = Arrays.stream(all)
        .filter(handler -> handler.type.isAssignableFrom(type))
        .toArray(Handler[]::new);
    lock.lock();
    try {
      var more = Arrays.copyOf(bySlot, Math.max(bySlot.length, slot + 1));
      more[slot] = route;
      bySlot = more;
    } finally {
      lock.unlock();
    }
    return route;
  }
}

package dev.touchstone.examples.scraper.frontier;

/**
 * A set of numbers that are not 0, at 11 to 23 bytes each: a {@code HashSet<Long>} takes about 60.
 * Nothing is ever removed.
 */
final class FingerprintSet {

  /* Open addressing with linear probing. The numbers are hashes already, so their bits are the slot. */

  private static final int SMALLEST = 1 << 10;

  private long[] slots = new long[SMALLEST];
  private int size;

  /** Adds a number and returns whether it was not there. */
  boolean add(long number) {
    var slot = slotOf(number);
    if (slots[slot] == number) {
      return false;
    }
    slots[slot] = number;
    size++;
    if (size > slots.length / 10 * 7) {
      grow();
    }
    return true;
  }

  /** Returns whether a number is in the set. */
  boolean contains(long number) {
    return slots[slotOf(number)] == number;
  }

  int size() {
    return size;
  }

  /** Returns the slot that holds the number, or the empty one that it belongs into. */
  private int slotOf(long number) {
    var mask = slots.length - 1;
    var slot = (int) number & mask;
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    var old = slots;
    slots = new long[old.length * 2];
    for (var number : old) {
      if (number != 0) {
        slots[slotOf(number)] = number;
      }
    }
  }
}

package dev.touchstone.examples.cabinet;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is wrong with the cabinet, on purpose: who is slow, has moved, is lost, or is busy at first. */
final class Faults {

  static final Duration SLOWNESS = Duration.ofMillis(150);

  private final Set<String> askedBefore = ConcurrentHashMap.newKeySet();

  static boolean isSlow(Mineral mineral) {
    return mineral.number() % 25 == 7;
  }

  static boolean hasMoved(Mineral mineral) {
    return mineral.number() % 16 == 3;
  }

  static boolean hasBrokenLink(Mineral mineral) {
    return mineral.number() % 40 == 5;
  }

  /** Says whether the room turns this request away: every fifth room does that once. */
  boolean isBusy(int room) {
    return room % 5 == 2 && askedBefore.add("room " + room);
  }

  /** Says whether the API turns this request away: it does so once for every eighth mineral. */
  boolean isOverloaded(Mineral mineral) {
    return mineral.number() % 8 == 1 && askedBefore.add("assay " + mineral.number());
  }
}

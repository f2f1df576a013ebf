package dev.touchstone.concurrency.testing;

import java.util.List;

/** Chooses the thread that goes on. Used by one thread. */
@FunctionalInterface
interface Chooser {

  /** Returns one of the given threads, which are not none and in the order they became runnable. */
  SimulatedThread choose(List<SimulatedThread> runnable);
}

package dev.touchstone.patterns.observe;

import java.util.concurrent.atomic.AtomicInteger;

/** Gives each event class a small number, the same at each call. */
final class Slots extends ClassValue<Integer> {

  /*
   * The value of a ClassValue is reachable from the class, for the class's life. A value that
   * referred to a bus would keep the bus, its listeners and their class loader alive as long as
   * java.lang.String, if that is an event. So the value is a plain Integer; and the other way round
   * a bus has only the number, so that it does not keep the class.
   *
   * Source: the discussions of JDK-8136353 and JDK-8169425.
   */

  private final AtomicInteger next = new AtomicInteger();

  @Override
  protected Integer computeValue(Class<?> type) {
    return next.getAndIncrement();
  }
}

package dev.touchstone.examples.patterns.observer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/** A subject whose observers are functions; a subscription is closed by what subscribing returns. */
final class Counter {

  private final List<IntConsumer> observers = new CopyOnWriteArrayList<>();
  private int value;

  AutoCloseable onChange(IntConsumer observer) {
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  void increment() {
    value++;
    observers.forEach(observer -> observer.accept(value));
  }
}

package dev.touchstone.concurrency.testing;

/** A virtual thread of a simulation, and the code that lets it go on until its next switch. */
final class SimulatedThread {

  private final int number;
  private final Thread thread;
  private final Runnable continuation;

  SimulatedThread(int number, Thread thread, Runnable continuation) {
    this.number = number;
    this.thread = thread;
    this.continuation = continuation;
  }

  int number() {
    return number;
  }

  Thread thread() {
    return thread;
  }

  void goOn() {
    continuation.run();
  }

  String name() {
    var name = thread.getName();
    return name.isEmpty() ? "thread-" + number : name;
  }
}

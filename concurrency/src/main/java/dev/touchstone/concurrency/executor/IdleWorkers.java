package dev.touchstone.concurrency.executor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers that wait for a task, the last to come first. Guarded by the lock of its executor. */
final class IdleWorkers {

  private final ArrayList<Worker> stack = new ArrayList<>();

  int size() {
    return stack.size();
  }

  void push(Worker worker) {
    worker.idleAt = stack.size();
    stack.add(worker);
  }

  @Nullable
  Worker poll() {
    return stack.isEmpty() ? null : remove(stack.getLast());
  }

  /** Takes the worker out, and returns whether it was there. */
  boolean leave(Worker worker) {
    if (worker.idleAt < 0) {
      return false;
    }
    remove(worker);
    return true;
  }

  /** The last one moves into the gap, so that nothing has to be searched or shifted. */
  private Worker remove(Worker worker) {
    var last = stack.removeLast();
    if (worker.idleAt < stack.size()) {
      stack.set(worker.idleAt, last);
      last.idleAt = worker.idleAt;
    }
    worker.idleAt = Worker.NOT_IDLE;
    return worker;
  }

  /** Takes all out. */
  List<Worker> clear() {
    var all = List.copyOf(stack);
    all.forEach(worker -> worker.idleAt = Worker.NOT_IDLE);
    stack.clear();
    return all;
  }
}

package dev.touchstone.concurrency.executor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accepted tasks that wait for a place to run. Guarded by the lock of its executor. */
final class TaskQueue {

  /*
   * The links are in the tasks, so that queueing allocates nothing and a cancelled task leaves from
   * the middle in constant time.
   */

  private @Nullable PooledTask<?> first;
  private @Nullable PooledTask<?> last;
  private int size;

  int size() {
    return size;
  }

  @Nullable
  PooledTask<?> peek() {
    return first;
  }

  void add(PooledTask<?> task) {
    task.previous = last;
    task.isQueued = true;
    if (last == null) {
      first = task;
    } else {
      last.next = task;
    }
    last = task;
    size++;
  }

  @Nullable
  PooledTask<?> poll() {
    var task = first;
    if (task != null) {
      remove(task);
    }
    return task;
  }

  /** Takes the task out, and returns whether it was there. */
  boolean remove(PooledTask<?> task) {
    if (!task.isQueued) {
      return false;
    }
    var before = task.previous;
    var after = task.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    task.previous = null;
    task.next = null;
    task.isQueued = false;
    size--;
    return true;
  }

  /** Takes all tasks out, the oldest first. */
  List<PooledTask<?>> clear() {
    var all = new ArrayList<PooledTask<?>>(size);
    for (var task = poll(); task != null; task = poll()) {
      all.add(task);
    }
    return all;
  }
}

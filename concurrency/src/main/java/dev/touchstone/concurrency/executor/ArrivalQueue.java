package dev.touchstone.concurrency.executor;

import org.jspecify.annotations.Nullable;

/** The queue whose order is that of arrival. */
final class ArrivalQueue implements TaskQueue {

  /*
   * The links are in the tasks, so that queueing allocates nothing and a cancelled task leaves from
   * the middle in constant time.
   */

  private @Nullable PooledTask<?> first;
  private @Nullable PooledTask<?> last;
  private int size;

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable PooledTask<?> oldest() {
    return first;
  }

  @Override
  public void add(PooledTask<?> task) {
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

  @Override
  public @Nullable PooledTask<?> poll() {
    var task = first;
    if (task != null) {
      remove(task);
    }
    return task;
  }

  @Override
  public boolean remove(PooledTask<?> task) {
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
}

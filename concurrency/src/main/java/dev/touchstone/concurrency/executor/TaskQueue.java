package dev.touchstone.concurrency.executor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accepted tasks that wait for a place to run. Guarded by the lock of its executor. */
sealed interface TaskQueue permits ArrivalQueue, PriorityTaskQueue {

  int size();

  void add(PooledTask<?> task);

  /** Takes the next task out. */
  @Nullable
  PooledTask<?> poll();

  /** Takes the task out, and returns whether it was there. */
  boolean remove(PooledTask<?> task);

  /** Returns the task that has waited longest. */
  @Nullable
  PooledTask<?> oldest();

  /** Takes all tasks out, in the order in which they would have run. */
  default List<PooledTask<?>> clear() {
    var all = new ArrayList<PooledTask<?>>(size());
    for (var task = poll(); task != null; task = poll()) {
      all.add(task);
    }
    return all;
  }
}

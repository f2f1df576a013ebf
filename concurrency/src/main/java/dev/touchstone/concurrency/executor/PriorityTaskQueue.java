package dev.touchstone.concurrency.executor;

import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The queue whose order is that of priority, the highest first; among equals that of arrival. */
final class PriorityTaskQueue implements TaskQueue {

  /*
   * A tree and not a heap, because a cancelled or expired task has to leave from the middle, and
   * because the oldest one has to be found. Both trees compare numbers only: the priority was asked
   * for before the task came here, so no code of the user runs under the lock.
   */

  private static final Comparator<PooledTask<?>> BY_ARRIVAL = comparingLong(task -> task.number);

  private final TreeSet<PooledTask<?>> byPriority =
      new TreeSet<>(Comparator.<PooledTask<?>>comparingLong(task -> task.priority)
          .reversed()
          .thenComparing(BY_ARRIVAL));
  private final TreeSet<PooledTask<?>> byArrival = new TreeSet<>(BY_ARRIVAL);
  private long arrivals;

  @Override
  public int size() {
    return byPriority.size();
  }

  @Override
  public void add(PooledTask<?> task) {
    task.number = arrivals++;
    task.isQueued = true;
    byPriority.add(task);
    byArrival.add(task);
  }

  @Override
  public @Nullable PooledTask<?> poll() {
    var task = byPriority.pollFirst();
    if (task != null) {
      task.isQueued = false;
      byArrival.remove(task);
    }
    return task;
  }

  @Override
  public boolean remove(PooledTask<?> task) {
    if (!task.isQueued) {
      return false;
    }
    task.isQueued = false;
    byArrival.remove(task);
    return byPriority.remove(task);
  }

  @Override
  public @Nullable PooledTask<?> oldest() {
    return byArrival.isEmpty() ? null : byArrival.first();
  }
}

package dev.touchstone.concurrency.sync;

import static java.util.stream.Collectors.joining;

import dev.touchstone.concurrency.executor.RunningTask;
import java.util.List;

/**
 * What a {@link StallDetector} has found.
 *
 * @param tasks tasks that have been running for too long, with their stacks
 * @param waits threads that have been waiting for a lock for too long, with their stacks
 * @param deadlocks cycles of threads, each of which waits for a lock that the next one holds
 */
public record StallReport(
    List<RunningTask> tasks, List<StalledWait> waits, List<List<LockWait>> deadlocks) {

  /** Copies the lists. */
  public StallReport {
    tasks = List.copyOf(tasks);
    waits = List.copyOf(waits);
    deadlocks = deadlocks.stream().map(List::copyOf).toList();
  }

  /**
   * A thread that has been waiting for a lock for too long.
   *
   * @param lockWait which lock, and who holds it
   * @param stack where the waiting thread is, the innermost call first
   * @param holderStack where the thread is that holds the lock; empty if nobody did
   */
  public record StalledWait(
      LockWait lockWait, List<StackTraceElement> stack, List<StackTraceElement> holderStack) {

    /** Copies the stacks. */
    public StalledWait {
      stack = List.copyOf(stack);
      holderStack = List.copyOf(holderStack);
    }
  }

  /** Returns whether nothing was found. */
  public boolean isClean() {
    return tasks.isEmpty() && waits.isEmpty() && deadlocks.isEmpty();
  }

  /** Returns all of it for people, in several lines; empty if nothing was found. */
  public String describe() {
    var text = new StringBuilder();
    for (var cycle : deadlocks) {
      text.append("deadlock:\n");
      cycle.forEach(wait -> text.append("  ").append(line(wait)).append('\n'));
    }
    for (var stalled : waits) {
      text.append(line(stalled.lockWait())).append('\n').append(lines(stalled.stack()));
      text.append("  held at\n").append(lines(stalled.holderStack()));
    }
    for (var task : tasks) {
      text.append("task '%s' runs on %s for %s\n".formatted(task.name(), task.thread(), task.age()))
          .append(lines(task.stack()));
    }
    return text.toString();
  }

  private static String line(LockWait wait) {
    return "%s waits for %s for %s, held by %s"
        .formatted(wait.waiter(), wait.lock(), wait.age(), wait.holder());
  }

  private static String lines(List<StackTraceElement> stack) {
    return stack.stream().map(frame -> "    at " + frame + "\n").collect(joining());
  }
}

package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.List;

/**
 * A task that was running at the moment of the report.
 *
 * @param name what was submitted, as its {@code toString} says
 * @param thread the name of the thread that ran it
 * @param age how long it had been running
 * @param stack where it was, the innermost call first; empty if it just ended
 */
public record RunningTask(String name, String thread, Duration age, List<StackTraceElement> stack) {

  /** Copies the stack. */
  public RunningTask {
    stack = List.copyOf(stack);
  }
}

package dev.touchstone.concurrency.executor;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Thrown by {@link Task#get()} and {@link Task#join} when the wait could never end: the task that
 * calls waits, through others, for itself.
 */
public final class ExecutorStarvationException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> tasks;

  /** Takes the names of the tasks, each of which waits for the next, and the last for the first. */
  ExecutorStarvationException(List<String> tasks) {
    super("waiting would never end: "
        + tasks.stream().map(name -> "'" + name + "'").collect(joining(" waits for "))
        + " waits for '" + tasks.getFirst()
        + "'; use whenDone instead of one of the waits, or a timed get");
    this.tasks = List.copyOf(tasks);
  }

  /** Returns the names of the tasks: each waits for the next one, and the last for the first. */
  public List<String> tasks() {
    return tasks;
  }
}

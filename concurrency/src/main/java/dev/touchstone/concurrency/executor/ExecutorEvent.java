package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.Optional;

/** Something that happened in a {@link ManagedExecutor}. */
public sealed interface ExecutorEvent {

  /** Returns the name of the executor. */
  String executor();

  /**
   * A task was not accepted.
   *
   * @param rejection what its submitter is told
   */
  record Rejected(TaskRejectedException rejection) implements ExecutorEvent {

    @Override
    public String executor() {
      return rejection.executor();
    }
  }

  /**
   * A task is about to start.
   *
   * @param executor the name of the executor
   * @param work what was submitted: a {@code Runnable} or a {@code Callable}
   * @param waited how long it was in the queue
   */
  record Started(String executor, Object work, Duration waited) implements ExecutorEvent {}

  /**
   * An accepted task has ended.
   *
   * @param executor the name of the executor
   * @param work what was submitted: a {@code Runnable} or a {@code Callable}
   * @param outcome how it ended
   * @param ran how long it ran; zero if it never started
   * @param failure what it fails with; empty if it returned or was cancelled
   */
  record Ended(
      String executor, Object work, TaskOutcome outcome, Duration ran, Optional<Throwable> failure)
      implements ExecutorEvent {}
}

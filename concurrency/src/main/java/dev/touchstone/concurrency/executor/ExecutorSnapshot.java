package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.Map;

/**
 * What a {@link ManagedExecutor} did until one moment.
 *
 * <p>A task is counted before its result can be seen. The totals are those of all tasks that have
 * left the queue or ended; they may lag behind the counts by what is just ending.
 *
 * @param name the name of the executor
 * @param concurrency how many tasks may run at once
 * @param active how many tasks run; after {@code resize} this may exceed {@code concurrency}
 * @param queued how many accepted tasks wait for a place to run
 * @param waitingSubmitters how many threads wait in {@code submit} or {@code execute}
 * @param oldestQueuedAge how long the oldest task of the queue has waited, zero if there is none
 * @param completed how many tasks returned
 * @param failed how many tasks threw
 * @param cancelled how many accepted tasks were cancelled or discarded, running or not
 * @param expired how many tasks waited for longer than the queue timeout and never started
 * @param timedOut how many tasks ran for longer than the run timeout and were interrupted
 * @param rejected how many tasks were not accepted, for each reason
 * @param totalWait the time that started tasks spent in the queue, summed
 * @param totalRun the time that tasks ran, summed
 */
public record ExecutorSnapshot(
    String name,
    int concurrency,
    int active,
    int queued,
    int waitingSubmitters,
    Duration oldestQueuedAge,
    long completed,
    long failed,
    long cancelled,
    long expired,
    long timedOut,
    Map<RejectionReason, Long> rejected,
    Duration totalWait,
    Duration totalRun) {

  /** Copies the map. */
  public ExecutorSnapshot {
    rejected = Map.copyOf(rejected);
  }

  /** Returns how many tasks were rejected for the given reason. */
  public long rejected(RejectionReason reason) {
    return rejected.getOrDefault(reason, 0L);
  }
}

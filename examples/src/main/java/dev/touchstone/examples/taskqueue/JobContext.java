package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.TransactionalStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a handler may know and do about the attempt that it makes. For the thread of the handler. */
public final class JobContext {

  private final ClaimedJob job;
  private final JobStore store;
  private final TimeSource time;
  private final long startedAt;
  private @Nullable Map<String, String> steps;
  private volatile boolean isCompleted;

  JobContext(ClaimedJob job, JobStore store, TimeSource time) {
    this.job = job;
    this.store = store;
    this.time = time;
    startedAt = time.nanoTime();
  }

  /** Returns the number of the job. */
  public long id() {
    return job.fence().id();
  }

  /** Returns which attempt this is, from 1. */
  public int attempt() {
    return job.attempt();
  }

  /** Returns how many attempts the job has. */
  public int maxAttempts() {
    return job.maxAttempts();
  }

  /** Returns a key that is the same in all attempts of the job, for an {@code Idempotency-Key}. */
  public String idempotencyKey() {
    return "tq-" + id();
  }

  /** Returns a number that is larger in each attempt, for a resource that refuses smaller ones. */
  public long token() {
    return job.fence().token();
  }

  /**
   * Does a step of the job once: its result is kept, and returned by later attempts instead.
   *
   * <p>A step may still be done twice, if the process dies between the work and its being kept.
   *
   * @param name of the step, unique in the job
   * @param type of the result, which must survive JSON
   * @throws LeaseLostException if the job is no longer this worker's
   * @throws Exception what the work throws
   */
  public <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
    if (steps == null) {
      steps = new HashMap<>(store.steps(id()));
    }
    var kept = steps.get(name);
    if (kept != null) {
      return JsonMapper.shared().readValue(kept, type);
    }
    var result = requireNonNull(work.call(), "result of step " + name);
    var json = JsonMapper.shared().writeValueAsString(result);
    if (!store.keepStep(job.fence(), name, json)) {
      throw new LeaseLostException(job.fence());
    }
    steps.put(name, json);
    return result;
  }

  /**
   * Marks the job as done with a transaction of the queue's database, so that it is done exactly when
   * the effects of the transaction are there. Commit, then return {@link Outcome#done}.
   *
   * @throws LeaseLostException if the job is no longer this worker's: roll back
   * @throws SQLException if the database cannot do it: roll back
   * @throws IllegalStateException if the store has no transactions
   */
  public void completeWith(Connection connection) throws SQLException {
    if (!(store instanceof TransactionalStore transactional)) {
      throw new IllegalStateException(
          "completeWith needs a store in a database: open a SqliteStore or a PostgresStore");
    }
    if (!transactional.complete(connection, job.fence(), ran())) {
      throw new LeaseLostException(job.fence());
    }
    isCompleted = true;
  }

  /** Returns whether {@link #completeWith} was called. */
  boolean isCompleted() {
    return isCompleted;
  }

  Duration ran() {
    return Duration.ofNanos(time.nanoTime() - startedAt);
  }
}

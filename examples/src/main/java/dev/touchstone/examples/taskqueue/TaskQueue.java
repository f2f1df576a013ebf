package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.TransactionalStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A durable queue: stores jobs, and builds the workers that do them.
 *
 * <p>A job is a record with a {@link JobKind}; it is stored as JSON. When a method that enqueues
 * returns, the job is as durable as the store promises.
 *
 * <p>Safe for use by several threads.
 */
public final class TaskQueue implements AutoCloseable {

  private final JobStore store;

  private TaskQueue(JobStore store) {
    this.store = store;
  }

  /** Returns the queue in a store, which it closes with itself. */
  public static TaskQueue open(JobStore store) {
    return new TaskQueue(requireNonNull(store, "store"));
  }

  /** Returns where the jobs are kept. */
  public JobStore store() {
    return store;
  }

  /**
   * Stores a job that may start at once.
   *
   * @throws IllegalArgumentException if the record has no kind, or is too large as JSON
   */
  public Enqueued enqueue(Object job) {
    return enqueue(job, options -> {});
  }

  /**
   * Stores a job.
   *
   * @param options sets its queue, priority, time, unique key and so on
   * @throws IllegalArgumentException if the record has no kind, or is too large as JSON
   */
  public Enqueued enqueue(Object job, Consumer<NewJob.Builder> options) {
    return store.enqueue(List.of(toJob(job, options))).getFirst();
  }

  /** Stores many jobs in one transaction, and returns what came of each, in their order. */
  public List<Enqueued> enqueueAll(List<?> jobs, Consumer<NewJob.Builder> options) {
    return store.enqueue(jobs.stream().map(job -> toJob(job, options)).toList());
  }

  /**
   * Stores a job with the transaction of a connection to the same database: it is there when that
   * commits, and never was if it rolls back.
   *
   * @throws SQLException if the database cannot do it; roll back
   * @throws IllegalStateException if the store has no transactions
   */
  public Enqueued enqueue(Connection connection, Object job) throws SQLException {
    return enqueue(connection, job, options -> {});
  }

  /**
   * Stores a job with the transaction of a connection to the same database: it is there when that
   * commits, and never was if it rolls back.
   *
   * @param options sets its queue, priority, time, unique key and so on
   * @throws SQLException if the database cannot do it; roll back
   * @throws IllegalStateException if the store has no transactions
   */
  public Enqueued enqueue(Connection connection, Object job, Consumer<NewJob.Builder> options)
      throws SQLException {
    if (!(store instanceof TransactionalStore transactional)) {
      throw new IllegalStateException("enqueuing with a transaction needs a store in a database:"
          + " open a SqliteStore or a PostgresStore");
    }
    return transactional.enqueue(connection, List.of(toJob(job, options))).getFirst();
  }

  private static NewJob toJob(Object payload, Consumer<NewJob.Builder> options) {
    var job = JobType.toJob(payload);
    options.accept(job);
    return job.build();
  }

  /** Returns a builder for a worker. */
  public QueueWorker.Builder worker() {
    return new QueueWorker.Builder(store);
  }

  /** Closes the store. Close the workers first. */
  @Override
  public void close() {
    store.close();
  }
}

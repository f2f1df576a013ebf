package dev.touchstone.queues;

import java.util.function.Consumer;

/** A queue that is measured. Jobs do nothing but say that they have begun. */
interface Candidate extends AutoCloseable {

  /** How many handlers run at once. */
  int WORKERS = 16;

  /** Returns what it is called in the table. */
  String label();

  /** Returns how many jobs it works off in some seconds. */
  int jobs();

  /** Enqueues one job with this number; its transaction has committed when this returns. */
  void enqueue(long number) throws Exception;

  /** Enqueues jobs in the fastest way that it has. */
  void enqueueAll(int count) throws Exception;

  /** Starts to work, and tells the number of each job that begins. */
  void work(Consumer<Long> begun) throws Exception;

  /** Stops to work; what is in the database stays. */
  @Override
  void close();
}

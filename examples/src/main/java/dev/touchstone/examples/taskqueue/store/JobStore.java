package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps jobs: the state machine of the queue, without threads or handlers.
 *
 * <p>What a method has changed is as durable as the store promises when it returns, and is changed
 * wholly or not at all. Times are those of the store's clock. Calls are answered in milliseconds, do
 * not react to interruptions, and may come from any thread. Each throws a {@link StoreException} when
 * the database cannot do it, and an {@link IllegalStateException} after {@link #close}.
 */
public interface JobStore extends QueueViews, QueueOperations, AutoCloseable {

  /** Returns the time by which jobs become due. */
  Instant now();

  // Producers

  /** Stores jobs and returns what came of each, in the same order. */
  List<Enqueued> enqueue(List<NewJob> jobs);

  // Workers

  /**
   * Takes a worker on. Its number is larger than those before.
   *
   * @param name what to call it
   * @param ttl how long its lease lasts
   */
  long register(String name, Duration ttl);

  /**
   * Renews the lease of a worker.
   *
   * @return those of its jobs that somebody has cancelled; empty if the lease was over already, and
   *     with it the right to every job that it had
   */
  Optional<List<Fence>> heartbeat(long worker, Duration ttl);

  /** Lets a worker go. Jobs that it still has are ready again with the next {@link #maintain}. */
  void retire(long worker);

  /**
   * Gives jobs to a worker: in a band those that were due first come first.
   *
   * <p>Nothing is given to a worker without a lease, and nothing that the limits of the queue hold
   * back. The token of each attempt is larger than those of the attempts before it.
   */
  List<ClaimedJob> claim(ClaimRequest request);

  /**
   * Takes jobs back from a worker whose claim was not answered: it cannot know that it has them.
   *
   * @param after the greatest token that the worker knows of
   * @return how many were given to it since
   */
  int takeBack(long worker, long after);

  /**
   * Ends attempts.
   *
   * @return those that were refused, because the job had been given to somebody else, or has ended
   */
  Set<Fence> settle(Collection<? extends Settlement> settlements);

  /**
   * Takes jobs away from workers whose leases are over, and gives up what did not start in time.
   *
   * @param maxLostLeases how many leases may be lost with a job before it is a dead letter: it may be
   *     what kills its workers
   */
  Upkeep maintain(int maxLostLeases);

  /**
   * Returns how long until a job of these queues may start that may not now: because its time comes,
   * or because the rate of its queue allows it. Empty if none waits for either.
   */
  Optional<Duration> untilDue(Set<String> queues);

  // Steps

  /** Returns the results that were kept of a job's steps, by name. */
  Map<String, String> steps(long id);

  /**
   * Keeps the result of a step until the job has ended.
   *
   * @return whether that was done; false if the attempt is no longer the one that runs
   */
  boolean keepStep(Fence fence, String name, String result);

  // Figures

  /** Adds to what is counted of the present minute. */
  void add(List<Amount> amounts);

  // Schedules

  /**
   * Remembers when a schedule fires next, unless that is known already for the same plan.
   *
   * @return when it fires next
   */
  Optional<Instant> schedule(String id, String plan, Optional<Instant> next);

  /**
   * Enqueues the job of a schedule, once however many processes ask for it.
   *
   * @param id the schedule
   * @param fireAt the moment that it fires for
   * @param next when it fires after that; empty if never again
   * @param job what to enqueue
   * @return what came of the job; empty if somebody else has fired the schedule for that moment
   */
  Optional<Enqueued> fire(String id, Instant fireAt, Optional<Instant> next, NewJob job);

  // Wake-up

  /**
   * Tells a listener from now on when there may be jobs to claim: as soon as they are stored by this
   * process, and soon if another one has stored them.
   *
   * <p>The listener is called by threads of the store and of those who enqueue, and must not wait.
   */
  Subscription listen(Runnable listener);

  /** Ends what {@link #listen} began. */
  @FunctionalInterface
  interface Subscription extends AutoCloseable {

    /** Tells the listener nothing more. */
    @Override
    void close();
  }

  /** Closes connections and files. Jobs and leases stay as they are. */
  @Override
  void close();
}

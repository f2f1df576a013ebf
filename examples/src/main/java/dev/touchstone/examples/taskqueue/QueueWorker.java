package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.sync.WakeSignal;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.JobRun.Interruption;
import dev.touchstone.examples.taskqueue.cron.CronSchedule;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobStore.Subscription;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.Retention;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Does the jobs of some queues: claims them in batches, runs their handlers on virtual threads, and
 * writes down how they ended.
 *
 * <p>Safe for use by several threads.
 */
public final class QueueWorker implements AutoCloseable {

  /*
   * Threads: one dispatches, that is claims and hands over; one keeps the lease, on a connection of
   * its own, so that nothing that handlers or the pool do looks like death; one writes down ends in
   * batches; and the handlers' own. Upkeep is done by all workers alike, there is no leader.
   */

  private static final Duration LAST_GRACE = Duration.ofSeconds(5);

  private final JobStore store;
  private final TimeSource time;
  private final Duration grace;
  private final List<Lane> lanes;
  private final Tally tally = new Tally();
  private final WakeSignal signal;
  private final LeaseKeeper keeper;
  private final Settler settler;
  private final Housekeeping housekeeping;
  private final Dispatcher dispatcher;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Subscription subscription = () -> {};
  private final AtomicBoolean isStopping = new AtomicBoolean();

  private QueueWorker(Builder options) {
    store = options.store;
    time = options.timeSource;
    grace = options.grace;
    lanes = options.queues.entrySet().stream()
        .map(queue -> lane(queue.getKey(), queue.getValue(), options))
        .toList();
    var capacity = options.queues.values().stream().mapToInt(Lane::capacity).sum();
    signal = WakeSignal.builder()
        .poll(options.poll)
        .timeSource(time)
        .random(options.random)
        .build();
    keeper =
        new LeaseKeeper(store, options.name, options.ttl, time, options.threads(), new Reactions());
    settler = new Settler(store, time, options.threads(), 2 * capacity);
    var figures = new QueueFigures(store, time);
    housekeeping = new Housekeeping(
        new Housekeeping.Duties(
            store,
            options.maxLostLeases,
            options.retention,
            lanes,
            options.timetables(),
            figures,
            signal),
        time,
        options.handlerThreads());
    dispatcher = new Dispatcher(
        new Dispatcher.Means(
            store, lanes, Map.copyOf(options.handlers), keeper, settler, tally, figures),
        new Dispatcher.Chance(signal, time, options.random),
        options.threads(),
        options.name);
  }

  private static Lane lane(String queue, int concurrency, Builder options) {
    var executor = ManagedExecutor.virtual("queue-" + queue)
        .concurrency(concurrency)
        .queue(2 * Lane.capacity(concurrency))
        .timeSource(options.timeSource)
        .threadFactory(options.handlerThreads())
        .build();
    return new Lane(queue, concurrency, executor, options.timeSource);
  }

  private void start() {
    keeper.start();
    subscription = store.listen(signal::signal);
    housekeeping.start();
    dispatcher.start();
  }

  /** What to do with what the keeper of the lease learns. */
  private final class Reactions implements LeaseKeeper.Listener {

    @Override
    public void leased() {
      signal.signal();
    }

    @Override
    public void cancelled(List<Fence> jobs) {
      var fences = Set.copyOf(jobs);
      runs().stream()
          .filter(run -> fences.contains(run.fence()))
          .forEach(run -> run.interrupt(Interruption.CANCELLED));
    }

    @Override
    public void lost(Lease lease) {
      runs().stream()
          .filter(run -> run.lease().equals(lease))
          .forEach(run -> run.interrupt(Interruption.LEASE_LOST));
    }
  }

  private List<JobRun> runs() {
    return lanes.stream().flatMap(lane -> lane.runs().stream()).toList();
  }

  /** Returns what this worker did until now. */
  public WorkerStatistics statistics() {
    return tally.snapshot(runs().size());
  }

  /**
   * Waits until the worker is closed.
   *
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  public void await() throws InterruptedException {
    closed.await();
  }

  // The end

  /**
   * Stops: claims no more, gives back what has not started, lets handlers run for the grace, then
   * interrupts them, waits another 5 s, gives back what they have not finished, writes down all ends,
   * and signs off. An interruption of the caller cuts the grace short; the flag is set when this
   * returns.
   */
  @Override
  public void close() {
    if (isStopping.getAndSet(true)) {
      return;
    }
    var interrupted = dispatcher.stop();
    lanes.forEach(Lane::returnBuffered);
    interrupted |= awaitHandlers(interrupted ? Duration.ZERO : grace);
    runs().forEach(run -> run.interrupt(Interruption.SHUTDOWN));
    interrupted |= awaitHandlers(LAST_GRACE);
    runs().forEach(JobRun::abandon);
    lanes.forEach(Lane::stop);
    settler.close();
    subscription.close();
    housekeeping.close();
    keeper.close();
    closed.countDown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the handlers of all lanes; returns whether it was interrupted. */
  private boolean awaitHandlers(Duration limit) {
    var deadline = time.deadlineAfter(limit);
    try {
      for (var lane : lanes) {
        lane.await(Duration.ofNanos(Math.max(0, deadline - time.nanoTime())));
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Builds a {@link QueueWorker}. Not for several threads. */
  public static final class Builder {

    private final JobStore store;
    private final Map<String, Integer> queues = new LinkedHashMap<>();
    private final Map<String, HandlerEntry<?>> handlers = new HashMap<>();
    private final Map<String, TimetableEntry> timetables = new LinkedHashMap<>();
    private String name = ProcessHandle.current().pid() + "@" + hostName();
    private Duration ttl = Duration.ofSeconds(15);
    private Duration grace = Duration.ofSeconds(30);
    private Duration poll = Duration.ofSeconds(5);
    private int maxLostLeases = 3;
    private Retention retention = Retention.DEFAULT;
    private TimeSource timeSource = TimeSource.system();
    private RandomGenerator random = RandomGenerator.getDefault();
    private @Nullable ThreadFactory threadFactory;

    /** A job that is enqueued again and again. */
    private record TimetableEntry(CronSchedule schedule, NewJob job) {}

    Builder(JobStore store) {
      this.store = store;
    }

    private static String hostName() {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }

    /**
     * Adds a queue.
     *
     * @param concurrency how many of its jobs run at once in this process
     * @throws IllegalArgumentException if {@code concurrency} is less than 1
     */
    public Builder queue(String queue, int concurrency) {
      queues.put(requireNonNull(queue, "queue"), positive(concurrency, "concurrency"));
      return this;
    }

    /**
     * Adds a handler, for the jobs of one kind.
     *
     * @throws IllegalArgumentException if the record has no kind, or there is a handler for it already
     */
    public <J> Builder handle(Class<J> type, JobHandler<J> handler) {
      return handle(type, handler, options -> {});
    }

    /**
     * Adds a handler, for the jobs of one kind.
     *
     * @param options sets its retry policy, time limit and so on
     * @throws IllegalArgumentException if the record has no kind, or there is a handler for it already
     */
    public <J> Builder handle(
        Class<J> type, JobHandler<J> handler, Consumer<HandlerOptions<J>> options) {
      var chosen = new HandlerOptions<>(type, handler);
      options.accept(chosen);
      var entry = new HandlerEntry<>(chosen);
      if (handlers.putIfAbsent(entry.kind(), entry) != null) {
        throw new IllegalArgumentException(
            "there is a handler for jobs of kind '" + entry.kind() + "' already");
      }
      return this;
    }

    /**
     * Enqueues a job whenever a schedule fires, once however many workers have the schedule.
     *
     * @param id of the schedule, the same in all workers
     * @throws IllegalArgumentException if the record has no kind
     */
    public Builder schedule(String id, CronSchedule schedule, Object job) {
      return schedule(id, schedule, job, options -> {});
    }

    /**
     * Enqueues a job whenever a schedule fires, once however many workers have the schedule.
     *
     * @param id of the schedule, the same in all workers
     * @param options sets the job's queue, priority, unique key and so on
     * @throws IllegalArgumentException if the record has no kind
     */
    public Builder schedule(
        String id, CronSchedule schedule, Object job, Consumer<NewJob.Builder> options) {
      var chosen = JobType.toJob(job);
      options.accept(chosen);
      timetables.put(
          requireNonNull(id, "id"),
          new TimetableEntry(requireNonNull(schedule, "schedule"), chosen.build()));
      return this;
    }

    /** Names the worker. The default is its process and host. */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets how long the lease lasts without a heartbeat, which is how long jobs of a dead worker wait.
     * The default is 15 s; a heartbeat is sent after each third of it.
     *
     * @throws IllegalArgumentException if {@code ttl} is less than 1 s
     */
    public Builder lease(Duration ttl) {
      if (ttl.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("ttl must be at least 1 s, was " + ttl);
      }
      this.ttl = ttl;
      return this;
    }

    /**
     * Sets how long {@link #close} lets handlers run. The default is 30 s.
     *
     * @throws IllegalArgumentException if {@code grace} is negative
     */
    public Builder grace(Duration grace) {
      if (grace.isNegative()) {
        throw new IllegalArgumentException("grace must not be negative, was " + grace);
      }
      this.grace = grace;
      return this;
    }

    /**
     * Sets how often to look for jobs although nobody has told of any. The default is 5 s.
     *
     * @throws IllegalArgumentException if {@code poll} is not positive
     */
    public Builder poll(Duration poll) {
      if (!poll.isPositive()) {
        throw new IllegalArgumentException("poll must be positive, was " + poll);
      }
      this.poll = poll;
      return this;
    }

    /**
     * Sets how many leases may be lost with a job before it is a dead letter. The default is 3.
     *
     * @throws IllegalArgumentException if {@code maxLostLeases} is less than 1
     */
    public Builder maxLostLeases(int maxLostLeases) {
      this.maxLostLeases = positive(maxLostLeases, "maxLostLeases");
      return this;
    }

    /**
     * Sets how long what has ended is kept. The default is {@link Retention#DEFAULT}, and that of the
     * worker that keeps the least decides.
     */
    public Builder retention(Retention retention) {
      this.retention = requireNonNull(retention, "retention");
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    /** Sets where variation comes from. Meant for tests. */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Sets what makes all threads. By default handlers run on virtual threads, and the worker itself
     * on platform threads. Meant for tests.
     */
    public Builder threadFactory(ThreadFactory threadFactory) {
      this.threadFactory = requireNonNull(threadFactory, "threadFactory");
      return this;
    }

    private List<Timetable> timetables() {
      return timetables.entrySet().stream()
          .map(entry -> new Timetable(
              entry.getKey(),
              entry.getValue().schedule(),
              entry.getValue().job(),
              store,
              timeSource))
          .toList();
    }

    private ThreadFactory threads() {
      return threadFactory != null
          ? threadFactory
          : Thread.ofPlatform().name("queue-worker").factory();
    }

    private ThreadFactory handlerThreads() {
      return threadFactory != null
          ? threadFactory
          : Thread.ofVirtual().name("queue-handler-", 1).factory();
    }

    private static int positive(int value, String option) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " must be at least 1, was " + value);
      }
      return value;
    }

    /**
     * Returns a worker that has started.
     *
     * @throws IllegalStateException if it has no queue or no handler
     * @throws StoreException if the store refuses
     */
    public QueueWorker start() {
      if (queues.isEmpty() || handlers.isEmpty()) {
        throw new IllegalStateException("a worker needs at least one queue and one handler:"
            + " add queue(\"default\", 32) and handle(...)");
      }
      var worker = new QueueWorker(this);
      try {
        worker.start();
        return worker;
      } catch (RuntimeException e) {
        worker.close();
        throw e;
      }
    }
  }
}

package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.context.ContextPropagation.Snapshot;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor that runs a bounded number of tasks at once, queues a bounded number of others, and
 * does what its {@link Saturation} says with those beyond.
 *
 * <p>This one runs at most 64 tasks on virtual threads; a submitter waits while 1,000 more are
 * queued, and leaving the block waits for them:
 * {@snippet class="dev.touchstone.concurrency.executor.SnippetsTest" region="executor"}
 *
 * <p>A {@linkplain #virtual virtual} executor starts a virtual thread when there is a place for a
 * task, so queued tasks are objects and not threads; the thread ends when there is nothing left to
 * run. A {@linkplain #platform platform} executor starts its threads on demand and keeps them.
 * Either way one thread may run several tasks in turn: thread-locals that a task leaves behind are
 * seen by the next, unless the {@linkplain Builder#context context} of the executor has them.
 *
 * <p>Tasks start in the order of their acceptance, or of their {@linkplain Builder#priority
 * priority}. All methods may be called by any thread. Only {@code submit} and {@code execute} under a
 * policy that waits, the {@code invoke} methods, {@link #awaitTermination}, {@link #drain} and {@link
 * #close} block.
 *
 * <p>A task may wait for others of its executor: {@link Task#get() get} and {@link Task#join join}
 * run a task themselves that still waits in the queue, and refuse to wait when the wait could never
 * end. A task that waits in {@code submit} for a place in the full queue of its own executor keeps
 * its own place meanwhile: if all places wait like that, nothing moves.
 */
public final class ManagedExecutor extends InvokingExecutor {

  private static final Logger log = LoggerFactory.getLogger(ManagedExecutor.class);

  enum Mode {
    VIRTUAL,
    PLATFORM
  }

  private final ExecutorOptions options;
  private final Dispatcher dispatcher;
  private final Admission admission;
  private final Reports reports;
  private final Ending ending;

  private ManagedExecutor(ExecutorOptions options) {
    super(options);
    this.options = options;
    var state = new ExecutorState(options);
    dispatcher = new Dispatcher(options, state);
    admission = new Admission(options, state, dispatcher);
    reports = new Reports(state, dispatcher);
    ending = new Ending(state, dispatcher, reports);
    TaskStalledEvent.watch(reports);
  }

  /**
   * Returns a builder for an executor on virtual threads, for tasks that mostly wait.
   *
   * <p>By default it runs 256 tasks at once.
   *
   * @param name names the executor in messages and its threads
   * @throws IllegalArgumentException if the name is blank
   */
  public static Builder virtual(String name) {
    return new Builder(name, Mode.VIRTUAL, 256);
  }

  /**
   * Returns a builder for an executor on platform threads, for tasks that mostly compute.
   *
   * <p>By default it runs as many tasks at once as there are processors.
   *
   * @param name names the executor in messages and its threads
   * @throws IllegalArgumentException if the name is blank
   */
  public static Builder platform(String name) {
    return new Builder(name, Mode.PLATFORM, Runtime.getRuntime().availableProcessors());
  }

  /** Returns the name of this executor. */
  public String name() {
    return options.name();
  }

  /** Returns what tasks see of the threads that submit them, for those who hold tasks back. */
  public ContextPropagation context() {
    return options.context();
  }

  // Tasks

  /**
   * Runs the command some time later.
   *
   * <p>What it throws goes to the {@link FailureListener}.
   *
   * @throws TaskRejectedException if the command was not accepted; it will not run
   */
  @Override
  public void execute(Runnable command) {
    requireNonNull(command, "command");
    admission.accept(PooledTask.ofCommand(dispatcher, command, capture()));
  }

  /**
   * Runs the work some time later.
   *
   * @throws TaskRejectedException if the work was not accepted; it will not run
   */
  @Override
  public <T extends @Nullable Object> Task<T> submit(Callable<T> work) {
    var task = task(work);
    admission.accept(task);
    return task;
  }

  /**
   * Runs the work some time later; the result of the task is null.
   *
   * @throws TaskRejectedException if the work was not accepted; it will not run
   */
  @Override
  public Task<?> submit(Runnable work) {
    return this.<@Nullable Object>submit(work, null);
  }

  /**
   * Runs the work some time later; the result of the task is the given one.
   *
   * @throws TaskRejectedException if the work was not accepted; it will not run
   */
  @Override
  public <T extends @Nullable Object> Task<T> submit(Runnable work, T result) {
    var task = taskOf(work, result);
    admission.accept(task);
    return task;
  }

  /**
   * Runs the work some time later, unless the caller is interrupted before it is accepted.
   *
   * @throws InterruptedException if the flag was set on entry or while waiting for a place; the work
   *     will not run
   * @throws TaskRejectedException if the work was not accepted for another reason
   */
  public <T extends @Nullable Object> Task<T> submitInterruptibly(Callable<T> work)
      throws InterruptedException {
    return submitInterruptibly(work, options.saturation());
  }

  /**
   * Runs the work some time later, if there is a place for it now: on a thread or in the queue.
   *
   * <p>Does not wait, and runs nothing on the calling thread, whatever the {@link Saturation} says.
   *
   * @return empty if every place is taken; the work will not run
   * @throws TaskRejectedException if the executor is shut down, or no thread can be started
   */
  public <T extends @Nullable Object> Optional<Task<T>> trySubmit(Callable<T> work) {
    var task = task(work);
    return admission.offer(task) ? Optional.of(task) : Optional.empty();
  }

  /**
   * Runs the work some time later, if there is a place for it now, as the other; the result of the
   * task is null.
   *
   * @return empty if every place is taken; the work will not run
   * @throws TaskRejectedException if the executor is shut down, or no thread can be started
   */
  public Optional<Task<?>> trySubmit(Runnable work) {
    var task = this.<@Nullable Object>taskOf(work, null);
    return admission.offer(task) ? Optional.of(task) : Optional.empty();
  }

  @Override
  <T extends @Nullable Object> PooledTask<T> submitInterruptibly(
      Callable<T> work, Saturation saturation) throws InterruptedException {
    var task = task(work);
    admission.acceptInterruptibly(task, saturation);
    return task;
  }

  private <T extends @Nullable Object> PooledTask<T> task(Callable<T> work) {
    requireNonNull(work, "work");
    return PooledTask.of(dispatcher, work, work, capture());
  }

  private <T extends @Nullable Object> PooledTask<T> taskOf(Runnable work, T result) {
    requireNonNull(work, "work");
    Callable<T> call = () -> {
      work.run();
      return result;
    };
    return PooledTask.of(dispatcher, work, call, capture());
  }

  // Background work

  /**
   * Returns a builder for work that is repeated on this executor, a period after its last run.
   *
   * @throws IllegalArgumentException if {@code period} is not positive
   */
  public PeriodicTask.Builder every(Duration period) {
    return new PeriodicTask.Builder(this, period);
  }

  /**
   * Submits without waiting what was asked for before: where the policy would wait, it is rejected.
   *
   * @param asked what the user has given for it, which priority and listeners see
   */
  <T extends @Nullable Object> Task<T> submitAtOnce(
      Object asked, Callable<T> work, Snapshot context) {
    var task = PooledTask.<T>of(dispatcher, asked, work, context);
    admission.acceptAtOnce(task);
    return task;
  }

  /** Captures what a task is to see of the current thread. */
  Snapshot capture() {
    return options.context().capture();
  }

  TimeSource time() {
    return options.time();
  }

  Duration grace() {
    return options.grace();
  }

  void report(Throwable failure) {
    dispatcher.journal().report(failure);
  }

  // Control

  /**
   * Changes how many tasks may run at once.
   *
   * <p>After a decrease no running task is disturbed; no other starts until fewer run than allowed.
   *
   * @throws IllegalArgumentException if {@code concurrency} is less than 1
   */
  public void resize(int concurrency) {
    dispatcher.resize(Builder.atLeast(1, concurrency, "concurrency"));
  }

  /**
   * Lets no task start until {@link #resume} or the shutdown.
   *
   * <p>Running tasks go on, and may run in {@link Task#get() get} what they wait for; new ones are
   * queued, and the queue is as bounded as ever: when it is full, {@link Saturation#CALLER_RUNS} runs
   * them. Without effect after the shutdown.
   */
  public void pause() {
    dispatcher.pause();
  }

  /** Lets tasks start again. Without effect if not paused. */
  public void resume() {
    dispatcher.resume();
  }

  // Reports

  /** Returns what this executor did until now. */
  public ExecutorSnapshot snapshot() {
    return reports.snapshot();
  }

  /**
   * Returns the tasks that run now with their stacks, the longest running first.
   *
   * <p>Takes a stack trace of each thread; the list is a copy.
   */
  public List<RunningTask> running() {
    return reports.running();
  }

  // The end

  /**
   * Accepts no more tasks; those accepted will run, also if the executor was paused.
   *
   * <p>Submitters that wait for a place are rejected. Does not wait.
   */
  @Override
  public void shutdown() {
    ending.shutdown();
  }

  /**
   * Accepts no more tasks, and cancels those accepted: queued ones never start, running ones are
   * interrupted, and the results of all are cancelled. Does not wait.
   *
   * @return what never started, in the form described at {@link DrainReport#neverStarted}
   */
  @Override
  public List<Runnable> shutdownNow() {
    return ending.stop().neverStarted();
  }

  /** Returns whether no more tasks are accepted. */
  @Override
  public boolean isShutdown() {
    return ending.isShutdown();
  }

  /** Returns whether all tasks have ended after a shutdown. None starts after this was true. */
  @Override
  public boolean isTerminated() {
    return ending.isTerminated();
  }

  /**
   * Waits until all tasks have ended after a shutdown.
   *
   * @return whether they have; false if the time is over
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return ending.awaitTermination(Duration.ofNanos(unit.toNanos(timeout)));
  }

  /**
   * Accepts no more tasks, lets those accepted run for the given time, then cancels the rest, waits
   * another 250 ms at most for them to end, and tells how it went.
   *
   * <p>An interruption cancels the rest at once; the flag is set when this returns. Draining twice
   * is allowed; each call reports what it saw.
   *
   * @param grace how long to let tasks run; zero or negative cancels at once
   */
  public DrainReport drain(Duration grace) {
    return ending.drain(requireNonNull(grace, "grace"));
  }

  /**
   * Drains with the grace of this executor, and logs a warning if a task had to be cancelled.
   *
   * <p>Closing again after that returns at once, unless a task is stuck: it then waits again.
   */
  @Override
  public void close() {
    if (isTerminated()) {
      return;
    }
    var report = drain(options.grace());
    if (!report.isClean()) {
      log.warn(
          "Executor '{}' was closed with {} tasks cancelled, {} never started, {} still running: {}",
          name(),
          report.cancelled(),
          report.neverStarted().size(),
          report.stuck().size(),
          report.stuck());
    }
  }

  @Override
  public String toString() {
    var now = snapshot();
    return "ManagedExecutor[%s, %d of %d active, %d queued, %d completed, %d failed]"
        .formatted(
            now.name(),
            now.active(),
            now.concurrency(),
            now.queued(),
            now.completed(),
            now.failed());
  }

  /** Builds a {@link ManagedExecutor}. Reusable after a build; not for several threads. */
  public static final class Builder {

    private final String name;
    private final Mode mode;
    private int concurrency;
    private int queue = 1_000;
    private Saturation saturation = Saturation.BLOCK;
    private Duration grace = Duration.ofSeconds(30);
    private TimeSource timeSource = TimeSource.system();
    private @Nullable Duration queueTimeout;
    private @Nullable Duration runTimeout;
    private @Nullable ToLongFunction<Object> priority;
    private ContextPropagation context = ContextPropagation.none();
    private @Nullable ExecutorListener listener;
    private FailureListener failureListener = FailureListener.logging();
    private @Nullable ThreadFactory threadFactory;
    private boolean isDaemon;

    private Builder(String name, Mode mode, int concurrency) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      this.name = name;
      this.mode = mode;
      this.concurrency = concurrency;
    }

    /**
     * Sets how many tasks run at once, at least 1. The default is 256 for virtual threads and the
     * number of processors for platform threads.
     *
     * @throws IllegalArgumentException if {@code concurrency} is less than 1
     */
    public Builder concurrency(int concurrency) {
      this.concurrency = atLeast(1, concurrency, "concurrency");
      return this;
    }

    /**
     * Sets how many accepted tasks may wait for a place, at least 0. The default is 1,000.
     *
     * @throws IllegalArgumentException if {@code queue} is negative
     */
    public Builder queue(int queue) {
      this.queue = atLeast(0, queue, "queue");
      return this;
    }

    /** Sets what happens to a task when the queue is full. The default is to wait. */
    public Builder saturation(Saturation saturation) {
      this.saturation = requireNonNull(saturation, "saturation");
      return this;
    }

    /**
     * Sets how long {@link #close} lets tasks run before it cancels them. The default is 30 s; zero
     * cancels at once.
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
     * Sets how long a task may wait in the queue. By default there is no limit.
     *
     * <p>A task that has waited that long is taken out and fails with a {@link TaskExpiredException};
     * its work never starts. Meant for answers that nobody wants any more when they come late. The
     * time of a submitter that waits for a place in the queue does not count.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public Builder queueTimeout(Duration limit) {
      queueTimeout = positive(limit, "queueTimeout");
      return this;
    }

    /**
     * Sets how long a task may run. By default there is no limit.
     *
     * <p>A task that has run that long is interrupted and fails with a {@link TaskTimeoutException}.
     * Its place stays taken until its work has really ended.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public Builder runTimeout(Duration limit) {
      runTimeout = positive(limit, "runTimeout");
      return this;
    }

    /**
     * Sets how urgent a task is: of those in the queue, one with a larger number starts before one
     * with a smaller number, and among equals the one that came first. By default all are equal.
     *
     * <p>The function gets what was submitted, a {@code Runnable} or a {@code Callable}, once and on
     * the thread of the submitter; for work that is repeated what was given to {@link
     * PeriodicTask.Builder#start start}, before each run and on the thread of a timer. What it throws
     * is thrown to the submitter, and the task is not accepted. It bounds nothing: tasks of a small
     * number may wait for ever while others come.
     */
    public Builder priority(ToLongFunction<Object> priority) {
      this.priority = requireNonNull(priority, "priority");
      return this;
    }

    /**
     * Sets what a task sees of the thread that submits it. The default is nothing.
     *
     * <p>It is captured by the submitting thread, when {@link PeriodicTask.Builder#start start} is
     * called for work that is repeated. Wherever the work runs, on a worker or on the thread of a
     * caller, the thread has the captured values meanwhile, and afterwards those it had before.
     * Listeners and callbacks are not part of the work and do not see them.
     *
     * <p>What the capture throws is thrown to the submitter, and the task is not accepted; what
     * opening or closing throws is a failure of the task.
     */
    public Builder context(ContextPropagation context) {
      this.context = requireNonNull(context, "context");
      return this;
    }

    /** Sets who hears of tasks that start, end or are rejected. By default nobody does. */
    public Builder listener(ExecutorListener listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    /**
     * Sets what makes the threads. The default makes threads named after the executor.
     *
     * <p>It is asked when a place is free for a task and no thread is idle. If it returns null or
     * throws, or the thread does not start, the task is rejected.
     */
    public Builder threadFactory(ThreadFactory threadFactory) {
      this.threadFactory = requireNonNull(threadFactory, "threadFactory");
      return this;
    }

    /**
     * Lets the virtual machine exit while tasks run. By default the platform threads keep it alive;
     * virtual threads never do.
     */
    public Builder daemon() {
      isDaemon = true;
      return this;
    }

    /** Sets who hears of failures that no result can carry. The default logs them. */
    public Builder failureListener(FailureListener failureListener) {
      this.failureListener = requireNonNull(failureListener, "failureListener");
      return this;
    }

    /**
     * Returns a running executor with these settings.
     *
     * @throws IllegalStateException if both a thread factory and {@code daemon} were set, or both
     *     {@code priority} and {@link Saturation#DISCARD_OLDEST}
     */
    public ManagedExecutor build() {
      if (priority != null && saturation.kind() == Saturation.Kind.DISCARD_OLDEST) {
        throw new IllegalStateException("DISCARD_OLDEST would discard a task whatever its priority:"
            + " choose another saturation, or leave priority out");
      }
      if (isDaemon && threadFactory != null) {
        throw new IllegalStateException(
            "daemon has no effect on a threadFactory: let the factory make daemon threads");
      }
      return new ManagedExecutor(new ExecutorOptions(
          name,
          mode,
          concurrency,
          queue,
          saturation,
          grace,
          queueTimeout,
          runTimeout,
          priority,
          context,
          listener,
          failureListener,
          timeSource,
          threads()));
    }

    private ThreadFactory threads() {
      if (threadFactory != null) {
        return threadFactory;
      }
      return switch (mode) {
        case VIRTUAL -> Thread.ofVirtual().name(name + "-", 1).factory();
        case PLATFORM ->
          Thread.ofPlatform().daemon(isDaemon).name(name + "-", 1).factory();
      };
    }

    private static Duration positive(Duration limit, String option) {
      if (!limit.isPositive()) {
        throw new IllegalArgumentException(option + " must be positive, was " + limit);
      }
      return limit;
    }

    private static int atLeast(int least, int value, String option) {
      if (value < least) {
        throw new IllegalArgumentException(
            "%s must be at least %d, was %d".formatted(option, least, value));
      }
      return value;
    }
  }
}

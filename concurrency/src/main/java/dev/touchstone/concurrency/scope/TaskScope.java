package dev.touchstone.concurrency.scope;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block in which a task is split into subtasks that end before the block does.
 *
 * <p>This asks two services at the same time. If one fails, or if half a second is over, the other
 * is interrupted; in any case both have ended when the block is left:
 * {@snippet class="dev.touchstone.concurrency.scope.SnippetsTest" region="scope"}
 *
 * <p>The thread that opened a scope owns it: {@code fork}, {@code join} and {@code close} are for the
 * owner. It forks, joins once, and closes. Each subtask has a thread of its own. When the {@link
 * Joiner} has what it needs, when the deadline comes, when the owner is interrupted in {@code join},
 * or when the scope is closed, the scope is cancelled: no other subtask starts, and those that run
 * are interrupted.
 *
 * <p>Scopes nest: a scope that is opened in a block or a subtask of another one has to be closed
 * there, and has no later deadline.
 *
 * <p>Actions of the owner before a fork happen before the subtask; the subtask happens before the
 * return of {@code join}, if it completed before, and before that of {@code close}.
 *
 * <p><b>Source:</b> JEP 505 and JEP 525, Structured Concurrency; the limit, the inherited deadline,
 * the propagation of context and the suppressed failures are additions.
 *
 * @param <T> the type of the results of subtasks
 * @param <R> the type of the result of {@code join}
 */
public final class TaskScope<T extends @Nullable Object, R extends @Nullable Object>
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TaskScope.class);

  /** The scope that the current thread opened last and has not closed, or that it is a subtask of. */
  private static final ThreadLocal<@Nullable TaskScope<?, ?>> INNERMOST = new ThreadLocal<>();

  private enum Reason {
    JOINER,
    JOINER_FAILED,
    TIMEOUT,
    INTERRUPTION,
    CLOSE
  }

  private enum Phase {
    OPEN,
    FORKED,
    JOINED,
    CLOSED
  }

  private final Joiner<? super T, ? extends R> joiner;
  private final ScopeConfiguration configuration;
  private final Thread owner = Thread.currentThread();
  private final @Nullable TaskScope<?, ?> enclosing = INNERMOST.get();
  private final Crew crew;

  /** A reading of the time source; null if there is no deadline. */
  private final @Nullable Long deadline;

  /** Why the scope was cancelled first; null if it was not. */
  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

  private final Failures failures = new Failures();
  private final AtomicReference<@Nullable Throwable> joinerFailure = new AtomicReference<>();

  /** These are used by the owner only. */
  private Phase phase = Phase.OPEN;

  private TimeSource.@Nullable Timer timer;

  /** Whether the joiner hears of a subtask on the owner's thread, because it could not have its own. */
  private boolean isNotifying;

  private TaskScope(Joiner<? super T, ? extends R> joiner, ScopeConfiguration configuration) {
    this.joiner = joiner;
    this.configuration = configuration;
    crew = new Crew(owner, configuration);
    deadline = deadline(configuration, enclosing);
  }

  /**
   * Opens a scope that waits until all subtasks have succeeded or one has failed.
   *
   * @see Joiner#awaitAllSuccessfulOrThrow
   */
  public static <T extends @Nullable Object> TaskScope<T, @Nullable Void> open() {
    return open(Joiner.<T>awaitAllSuccessfulOrThrow());
  }

  /** Opens a scope with the default settings. */
  public static <T extends @Nullable Object, R extends @Nullable Object> TaskScope<T, R> open(
      Joiner<? super T, ? extends R> joiner) {
    return open(joiner, UnaryOperator.identity());
  }

  /**
   * Opens a scope, owned by the current thread.
   *
   * @param joiner made for this scope
   * @param settings changes the default settings
   */
  public static <T extends @Nullable Object, R extends @Nullable Object> TaskScope<T, R> open(
      Joiner<? super T, ? extends R> joiner, UnaryOperator<ScopeConfiguration> settings) {
    requireNonNull(joiner, "joiner");
    var configuration =
        requireNonNull(settings.apply(ScopeConfiguration.DEFAULT), "result of settings");
    var scope = new TaskScope<T, R>(joiner, configuration);
    INNERMOST.set(scope);
    scope.startTimer();
    return scope;
  }

  private static @Nullable Long deadline(
      ScopeConfiguration configuration, @Nullable TaskScope<?, ?> enclosing) {
    var time = configuration.time();
    var own = configuration.timeout() == null ? null : time.deadlineAfter(configuration.timeout());
    if (enclosing == null || enclosing.deadline == null) {
      return own;
    }
    var left = enclosing.deadline - enclosing.configuration.time().nanoTime();
    var inherited = time.deadlineAfter(Duration.ofNanos(left)); // its clock may be another one
    return own == null || own - inherited > 0 ? inherited : own;
  }

  private void startTimer() {
    if (deadline != null) {
      var left = Duration.ofNanos(deadline - configuration.time().nanoTime());
      if (left.isPositive()) {
        timer = configuration.time().schedule(() -> cancel(Reason.TIMEOUT), left);
      } else {
        cancel(Reason.TIMEOUT);
      }
    }
  }

  /**
   * Starts a subtask, or lets it wait for its turn if as many run as may.
   *
   * <p>Does not wait. If the scope is cancelled, the work never starts and the subtask stays {@code
   * UNAVAILABLE}. If there is no thread for it, the subtask fails with a {@code
   * RejectedExecutionException}.
   *
   * @throws WrongThreadException if the caller does not own the scope
   * @throws IllegalStateException if the scope was joined or closed
   */
  public <U extends T> Subtask<U> fork(Callable<? extends U> work) {
    requireNonNull(work, "work");
    checkOwner("fork");
    if (phase.compareTo(Phase.JOINED) >= 0) {
      throw new IllegalStateException(this + " cannot fork any more: fork before join and close");
    }
    var context = configuration.context();
    var task = new ForkedTask<U>(this, context == null ? work : context.wrap(work));
    phase = Phase.FORKED;
    if (joiner.onFork(task)) {
      cancel(Reason.JOINER);
    }
    crew.admit(task);
    return task;
  }

  /**
   * Starts a subtask without a result: that of the subtask is null. Otherwise as the other {@code
   * fork}.
   *
   * @throws WrongThreadException if the caller does not own the scope
   * @throws IllegalStateException if the scope was joined or closed
   */
  @SuppressWarnings("NullAway") // as in the JEP, a subtask of any type that works by side effect
  public <U extends T> Subtask<U> fork(Runnable work) {
    requireNonNull(work, "work");
    return fork(() -> {
      work.run();
      return null;
    });
  }

  /**
   * Waits until all subtasks have completed or the scope is cancelled, and returns the result of the
   * joiner.
   *
   * @throws FailedException if the joiner has no result
   * @throws ScopeTimeoutException if the deadline came first, unless the joiner has a result for that
   * @throws InterruptedException if the flag was set on entry or while waiting; the scope is
   *     cancelled
   * @throws WrongThreadException if the caller does not own the scope
   * @throws IllegalStateException if the scope was joined or closed
   */
  public R join() throws InterruptedException {
    checkOwner("join");
    if (phase.compareTo(Phase.JOINED) >= 0) {
      throw new IllegalStateException(this + " cannot be joined again: join once, before close");
    }
    phase = Phase.JOINED;
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before joining " + this);
      }
      crew.awaitResult(this);
    } catch (InterruptedException interrupted) {
      cancel(Reason.INTERRUPTION);
      throw interrupted;
    }
    return result();
  }

  private R result() {
    try {
      if (reason.get() == Reason.TIMEOUT) {
        joiner.onTimeout();
      }
      var broken = joinerFailure.get();
      if (broken != null) {
        throw broken;
      }
      return joiner.result();
    } catch (ScopeTimeoutException late) {
      throw failures.carriedBy(late, late);
    } catch (Throwable failure) {
      throw failures.carriedBy(new FailedException(name(), failure), failure);
    }
  }

  /** Returns whether the scope was cancelled. May be called by any thread. */
  public boolean isCancelled() {
    return crew.isCancelled();
  }

  /**
   * Cancels the scope if something still runs, and waits until every subtask has ended.
   *
   * <p>Waits as long as that takes: after the grace it logs the stacks of the subtasks that it waits
   * for. An interruption does not end the wait; the flag is set when this returns. Closing again has
   * no effect.
   *
   * @throws WrongThreadException if the caller does not own the scope
   * @throws IllegalStateException if something was forked and not joined
   * @throws StructureViolationException if a scope that was opened inside was still open; both are
   *     closed
   */
  @Override
  public void close() {
    checkOwner("close");
    if (phase == Phase.CLOSED) {
      return;
    }
    var violation = violation();
    var forgotten = phase == Phase.FORKED;
    end();
    if (violation != null) {
      throw violation;
    }
    if (forgotten) {
      throw new IllegalStateException(
          this + " was closed without a join after a fork: what ran was cancelled; call join");
    }
  }

  private void end() {
    phase = Phase.CLOSED;
    if (!crew.isEmpty()) {
      cancel(Reason.CLOSE);
      var grace = Patience.of(configuration.grace(), configuration.time());
      crew.awaitEnd(grace, this::logStuck, this);
    }
    if (timer != null) {
      timer.cancel();
    }
    if (enclosing == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(enclosing);
    }
    failures.deliverLate(configuration::report);
  }

  private void logStuck() {
    log.warn(
        "{} was cancelled {} ago and still waits for: {}",
        this,
        configuration.grace(),
        crew.threads().stream().map(TaskScope::describe).collect(Collectors.joining("\n")));
  }

  private static String describe(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .map(frame -> "\n    at " + frame)
        .collect(Collectors.joining("", thread.toString(), ""));
  }

  private void checkOwner(String method) {
    if (!isOwner()) {
      throw new WrongThreadException("%s of %s is for its owner %s, but was called by %s"
          .formatted(method, this, owner, Thread.currentThread()));
    }
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself
  private boolean isOwner() {
    return Thread.currentThread() == owner;
  }

  // For the subtasks

  Crew crew() {
    return crew;
  }

  String name() {
    return configuration.name();
  }

  /** Runs work of a subtask on its thread; scopes that are opened there are inside this one. */
  <U extends @Nullable Object> U runInside(Callable<? extends U> work) throws Exception {
    INNERMOST.set(this);
    U result;
    try {
      result = work.call();
    } catch (Throwable failure) {
      var violation = violation();
      if (violation != null) {
        failure.addSuppressed(violation);
      }
      throw failure;
    }
    var violation = violation();
    if (violation != null) {
      throw violation;
    }
    return result;
  }

  /** Closes what is open inside this scope on the current thread; null if nothing was. */
  private @Nullable StructureViolationException violation() {
    TaskScope<?, ?> found = null;
    for (var inner = INNERMOST.get(); inner != this && inner != null; inner = INNERMOST.get()) {
      found = inner;
      inner.end();
    }
    return found == null ? null : new StructureViolationException(found.name(), name());
  }

  void completed(ForkedTask<?> task, @Nullable Throwable failure) {
    if (failure != null) {
      failures.add(failure);
    }
    if (isOwner()) {
      isNotifying = true;
      notifyJoiner(task);
      isNotifying = false;
    } else {
      notifyJoiner(task);
    }
  }

  private void notifyJoiner(ForkedTask<?> task) {
    try {
      @SuppressWarnings("unchecked") // forked by this scope
      var mine = (Subtask<? extends T>) task;
      if (joiner.onComplete(mine)) {
        cancel(Reason.JOINER);
      }
    } catch (Throwable broken) {
      joinerFailure.compareAndSet(null, broken);
      cancel(Reason.JOINER_FAILED);
    }
  }

  void failedLate(Throwable failure) {
    failures.addLate(failure);
  }

  void checkReadable() {
    if (isOwner() && phase.compareTo(Phase.JOINED) < 0 && !isNotifying) {
      throw new IllegalStateException(
          "the owner of " + this + " must join before it asks for the" + " result of a subtask");
    }
  }

  private void cancel(Reason because) {
    if (reason.compareAndSet(null, because)) {
      crew.cancel();
    }
  }

  @Override
  public String toString() {
    return "scope '" + name() + "'";
  }
}

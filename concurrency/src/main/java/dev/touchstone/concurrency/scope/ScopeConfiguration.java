package dev.touchstone.concurrency.scope;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.executor.FailureListener;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of a {@link TaskScope}. Immutable: each method returns a changed copy. */
public final class ScopeConfiguration {

  private static final Logger log = LoggerFactory.getLogger(TaskScope.class);

  static final ScopeConfiguration DEFAULT = new ScopeConfiguration(
      "scope",
      null,
      null,
      Integer.MAX_VALUE,
      null,
      Duration.ofSeconds(30),
      TimeSource.system(),
      FailureListener.logging());

  private final String name;
  private final @Nullable ThreadFactory threadFactory;
  private final @Nullable Duration timeout;
  private final int limit;
  private final @Nullable ContextPropagation context;
  private final Duration grace;
  private final TimeSource timeSource;
  private final FailureListener failureListener;

  private ScopeConfiguration(
      String name,
      @Nullable ThreadFactory threadFactory,
      @Nullable Duration timeout,
      int limit,
      @Nullable ContextPropagation context,
      Duration grace,
      TimeSource timeSource,
      FailureListener failureListener) {
    this.name = name;
    this.threadFactory = threadFactory;
    this.timeout = timeout;
    this.limit = limit;
    this.context = context;
    this.grace = grace;
    this.timeSource = timeSource;
    this.failureListener = failureListener;
  }

  /**
   * Names the scope in messages, and the threads that it makes by default. The default is {@code
   * scope}, with unnamed threads.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public ScopeConfiguration name(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  /**
   * Sets what makes a thread for each subtask. The default makes virtual threads.
   *
   * <p>A subtask for which it throws or returns null fails.
   */
  public ScopeConfiguration threadFactory(ThreadFactory threadFactory) {
    requireNonNull(threadFactory, "threadFactory");
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  /**
   * Sets the time from the opening to the deadline, at which the scope is cancelled. By default
   * there is none, but a scope never has a later deadline than the one that encloses it.
   *
   * @param timeout zero or negative cancels the scope at once
   */
  public ScopeConfiguration timeout(Duration timeout) {
    requireNonNull(timeout, "timeout");
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  /**
   * Sets how many subtasks run at once, at least 1; others wait for their turn, without a thread, in
   * the order of their fork. By default there is no limit.
   *
   * @throws IllegalArgumentException if {@code limit} is less than 1
   */
  public ScopeConfiguration limit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, was " + limit);
    }
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  /** Sets what subtasks see of the context of the owner, captured at each fork. The default: nothing. */
  public ScopeConfiguration context(ContextPropagation context) {
    requireNonNull(context, "context");
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  /**
   * Sets after what time {@code close} logs the stacks of the subtasks that it waits for. It goes on
   * waiting. The default is 30 s.
   *
   * @throws IllegalArgumentException if {@code grace} is negative
   */
  public ScopeConfiguration grace(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, was " + grace);
    }
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  /** Sets where time comes from. The default is real time. Meant for tests. */
  public ScopeConfiguration timeSource(TimeSource timeSource) {
    requireNonNull(timeSource, "timeSource");
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  /**
   * Sets who hears of failures of subtasks that come after the scope was cancelled and that no
   * exception of {@code join} can carry. The default logs them.
   */
  public ScopeConfiguration failureListener(FailureListener failureListener) {
    requireNonNull(failureListener, "failureListener");
    return new ScopeConfiguration(
        name, threadFactory, timeout, limit, context, grace, timeSource, failureListener);
  }

  String name() {
    return name;
  }

  @SuppressWarnings("ReferenceEquality") // only a scope that was given a name names its threads
  ThreadFactory threads() {
    if (threadFactory != null) {
      return threadFactory;
    }
    return name == DEFAULT.name
        ? Thread.ofVirtual().factory()
        : Thread.ofVirtual().name(name + "-", 1).factory();
  }

  @Nullable
  Duration timeout() {
    return timeout;
  }

  int limit() {
    return limit;
  }

  @Nullable
  ContextPropagation context() {
    return context;
  }

  Duration grace() {
    return grace;
  }

  TimeSource time() {
    return timeSource;
  }

  /** Tells the failure listener, whatever it does. */
  @SuppressWarnings("ReferenceEquality") // a throwable must not suppress itself
  void report(Throwable failure) {
    try {
      failureListener.failed(name, failure);
    } catch (Throwable broken) {
      if (broken != failure) {
        broken.addSuppressed(failure);
      }
      log.error("The failure listener of scope '{}' failed", name, broken);
    }
  }
}

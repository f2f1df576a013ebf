package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a {@link ManagedExecutor} does with a task when every place to run and every place in the
 * queue is taken.
 *
 * <p>After the executor was shut down, every task is rejected, whatever its saturation policy.
 */
public final class Saturation {

  /**
   * The submitter waits, in the order of arrival, until there is a place. This is the default.
   *
   * <p>{@code submit} and {@code execute} answer an interruption of the wait with a {@link
   * TaskRejectedException} for the reason {@link RejectionReason#INTERRUPTED} and a set flag; {@code
   * submitInterruptibly} with an {@code InterruptedException}.
   */
  public static final Saturation BLOCK = new Saturation(Kind.BLOCK, Duration.ZERO);

  /** The submitter gets a {@link TaskRejectedException}. */
  public static final Saturation REJECT = new Saturation(Kind.REJECT, Duration.ZERO);

  /**
   * The submitter runs the task itself before {@code submit} returns.
   *
   * <p>The executor does not terminate before the task has ended.
   */
  public static final Saturation CALLER_RUNS = new Saturation(Kind.CALLER_RUNS, Duration.ZERO);

  /** The new task is cancelled: it never runs, and {@code get} on it throws. */
  public static final Saturation DISCARD_NEWEST =
      new Saturation(Kind.DISCARD_NEWEST, Duration.ZERO);

  /**
   * The task that has waited longest in the queue is cancelled to make room.
   *
   * <p>If the executor has no queue, the new task is.
   */
  public static final Saturation DISCARD_OLDEST =
      new Saturation(Kind.DISCARD_OLDEST, Duration.ZERO);

  enum Kind {
    BLOCK,
    BLOCK_FOR,
    REJECT,
    CALLER_RUNS,
    DISCARD_NEWEST,
    DISCARD_OLDEST
  }

  private final Kind kind;
  private final Duration patience;

  private Saturation(Kind kind, Duration patience) {
    this.kind = kind;
    this.patience = patience;
  }

  /**
   * Returns a policy that waits as {@link #BLOCK} does, up to the given time, and then rejects for
   * the reason {@link RejectionReason#TIMED_OUT}.
   *
   * @param patience how long to wait; zero or negative rejects at once
   */
  public static Saturation blockFor(Duration patience) {
    return new Saturation(Kind.BLOCK_FOR, requireNonNull(patience, "patience"));
  }

  /** Returns the policy that waits no longer than the given time, if this one waits at all. */
  Saturation atMost(Duration limit) {
    return switch (kind) {
      case BLOCK -> blockFor(limit);
      case BLOCK_FOR -> limit.compareTo(patience) < 0 ? blockFor(limit) : this;
      case REJECT, CALLER_RUNS, DISCARD_NEWEST, DISCARD_OLDEST -> this;
    };
  }

  Kind kind() {
    return kind;
  }

  Duration patience() {
    return patience;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Saturation that && kind == that.kind && patience.equals(that.patience);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + patience.hashCode();
  }

  @Override
  public String toString() {
    return kind == Kind.BLOCK_FOR ? "BLOCK_FOR[" + patience + "]" : kind.name();
  }
}

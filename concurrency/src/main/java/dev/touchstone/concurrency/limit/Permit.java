package dev.touchstone.concurrency.limit;

import dev.touchstone.concurrency.limit.Limit.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The right to do one piece of work, from a {@link ConcurrencyLimiter}.
 *
 * <p>The first of these calls gives it back; later ones have no effect, so closing in a
 * try-with-resources block after {@code success} is right. May be given back by any thread, once
 * even if several try.
 */
public final class Permit implements AutoCloseable {

  private static final VarHandle RETURNED;

  static {
    try {
      RETURNED = MethodHandles.lookup().findVarHandle(Permit.class, "returned", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final ConcurrencyLimiter limiter;
  private final long startedAt;
  private final int inFlight;

  @SuppressWarnings("unused") // through the handle
  private int returned;

  Permit(ConcurrencyLimiter limiter, long startedAt, int inFlight) {
    this.limiter = limiter;
    this.startedAt = startedAt;
    this.inFlight = inFlight;
  }

  /** Gives it back after work that got through; the limit may learn from how long it took. */
  public void success() {
    giveBack(Outcome.SUCCESS);
  }

  /** Gives it back after work that timed out or was turned away, a sign of overload. */
  public void dropped() {
    giveBack(Outcome.DROPPED);
  }

  /** Gives it back after work that says nothing about the load, such as a bad request. */
  public void ignore() {
    giveBack(null);
  }

  /** Does what {@link #ignore} does. */
  @Override
  public void close() {
    ignore();
  }

  private void giveBack(@Nullable Outcome outcome) {
    if ((int) RETURNED.getAndSet(this, 1) == 0) {
      limiter.release(startedAt, inFlight, outcome);
    }
  }
}

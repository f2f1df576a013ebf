package dev.touchstone.apiclient.retry;

import dev.touchstone.apiclient.Target;
import java.util.Optional;

/**
 * Limits how much retries add to the load of a server that fails.
 *
 * <p>Without a budget, a client that makes three attempts triples the load of a server just when it
 * cannot bear it. A first attempt never needs budget.
 *
 * <p>Implementations must be safe for use by several threads and must not block.
 */
public interface RetryBudget {

  /** Takes what a retry costs; returns false, and takes nothing, if there is not enough. */
  boolean tryWithdraw(Target target, Verdict.Kind kind);

  /**
   * Tells that a call succeeded.
   *
   * @param retry why its last retry was made; empty if the first attempt succeeded
   */
  void succeeded(Target target, Optional<Verdict.Kind> retry);

  /**
   * Returns a budget of 500 tokens for each target, where a transient retry costs 14 and a throttled
   * one 5. In the steady state that lets through about 7 % of extra load.
   *
   * <p><b>Source:</b> the standard retry mode, version 2.1, of the AWS SDKs.
   */
  static RetryBudget standard() {
    return tokenBucket(500, 14, 5);
  }

  /**
   * Returns a budget of tokens for each target. The bucket starts full; a success returns what its
   * last retry cost, or one token if it needed none.
   *
   * @param capacity how many tokens a full bucket holds
   * @param transientCost what a retry costs after a transient failure
   * @param throttledCost what a retry costs after the server asked to slow down
   * @throws IllegalArgumentException if a cost is negative, or greater than {@code capacity}
   */
  static RetryBudget tokenBucket(int capacity, int transientCost, int throttledCost) {
    return new TokenBucketBudget(capacity, transientCost, throttledCost);
  }

  /** Returns the budget that never runs out. */
  static RetryBudget unlimited() {
    return new TokenBucketBudget(0, 0, 0);
  }
}

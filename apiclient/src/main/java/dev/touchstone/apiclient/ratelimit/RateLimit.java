package dev.touchstone.apiclient.ratelimit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What is left of a quota.
 *
 * @param policy names the quota; a server may keep several
 * @param remaining how many requests are left, zero or more
 * @param resetIn when the quota is full again, zero or positive
 */
public record RateLimit(String policy, long remaining, Duration resetIn) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public RateLimit {
    requireNonNull(policy, "policy");
    if (remaining < 0) {
      throw new IllegalArgumentException("remaining must not be negative, was " + remaining);
    }
    if (resetIn.isNegative()) {
      throw new IllegalArgumentException("resetIn must not be negative, was " + resetIn);
    }
  }
}

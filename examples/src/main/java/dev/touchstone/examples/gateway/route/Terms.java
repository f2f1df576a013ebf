package dev.touchstone.examples.gateway.route;

import java.time.Duration;

/**
 * What a request of a route must fulfil before its handler sees it. It is checked in this order:
 * length of the body as far as it was announced, authenticator, limiter.
 *
 * @param authenticator finds out who calls
 * @param limiter decides whether the caller may do so now
 * @param maxBodyBytes the greatest length of a request's body, decoded from its transfer coding; 0
 *     for none at all
 * @param deadline how long a request may take, from the end of its head to the last byte of the answer;
 *     {@link Exchange#deadline()} is derived from it
 */
public record Terms(
    Authenticator authenticator, Limiter limiter, long maxBodyBytes, Duration deadline) {

  /** Anybody, as often as they like, bodies up to 1 MiB, 30 seconds. */
  public static final Terms DEFAULT =
      new Terms(Authenticator.ANYBODY, Limiter.UNLIMITED, 1L << 20, Duration.ofSeconds(30));

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one of them is negative, or the deadline zero
   */
  public Terms {
    if (maxBodyBytes < 0) {
      throw new IllegalArgumentException("maxBodyBytes must not be negative, was " + maxBodyBytes);
    }
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("deadline must be positive, was " + deadline);
    }
  }

  /** Returns these terms with another authenticator. */
  public Terms withAuthenticator(Authenticator other) {
    return new Terms(other, limiter, maxBodyBytes, deadline);
  }

  /** Returns these terms with another limiter. */
  public Terms withLimiter(Limiter other) {
    return new Terms(authenticator, other, maxBodyBytes, deadline);
  }

  /** Returns these terms with another greatest length of bodies. */
  public Terms withMaxBodyBytes(long other) {
    return new Terms(authenticator, limiter, other, deadline);
  }

  /** Returns these terms with another deadline. */
  public Terms withDeadline(Duration other) {
    return new Terms(authenticator, limiter, maxBodyBytes, other);
  }
}

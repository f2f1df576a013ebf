package dev.touchstone.examples.gateway.route;

/**
 * Decides whether a caller may call now.
 *
 * <p>Called by the virtual thread of the request, by several at a time, after the caller is known.
 */
@FunctionalInterface
public interface Limiter {

  /** Admits everything. */
  Limiter UNLIMITED = exchange -> {};

  /**
   * Counts a request, and tells the caller what is left of the quota: it {@linkplain
   * Exchange#promise promises} the fields of the answer.
   *
   * @throws ProblemException if there is nothing left: 429 with {@code Retry-After}
   * @throws InterruptedException if the request is given up meanwhile
   */
  void admit(Exchange exchange) throws ProblemException, InterruptedException;
}

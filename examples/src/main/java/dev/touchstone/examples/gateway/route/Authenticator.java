package dev.touchstone.examples.gateway.route;

/**
 * Finds out who calls.
 *
 * <p>Called by the virtual thread of the request, by several at a time; it may block.
 */
@FunctionalInterface
public interface Authenticator {

  /** Lets everybody in, as {@link Caller.Anonymous}, whatever credentials they bring. */
  Authenticator ANYBODY = exchange -> Caller.ANONYMOUS;

  /**
   * Returns who calls.
   *
   * @throws ProblemException if that is nobody who may: 401 with {@code WWW-Authenticate}, or 403
   * @throws InterruptedException if the request is given up meanwhile
   */
  Caller authenticate(Exchange exchange) throws ProblemException, InterruptedException;
}

package dev.touchstone.examples.gateway.route;

import java.io.IOException;

/**
 * Answers the requests of a route.
 *
 * <p>Called by a virtual thread for each request, by several at a time; it may block. The thread is
 * interrupted when the client leaves, when the server is stopped and does not wait any longer, and
 * when the deadline has passed without an answer.
 */
@FunctionalInterface
public interface RouteHandler {

  /**
   * Answers with {@link Exchange#reply} or {@link Exchange#open}. Whoever returns without an answer has
   * made a mistake: the client is told 500.
   *
   * @throws ProblemException if there is no answer but a problem, which is sent if nothing was sent
   *     before
   * @throws IOException if the client's connection fails, or reading the body does
   * @throws InterruptedException if the request is given up
   */
  void handle(Exchange exchange) throws ProblemException, IOException, InterruptedException;
}

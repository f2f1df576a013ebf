package dev.touchstone.examples.gateway.route;

import java.io.IOException;
import java.util.Map;

/**
 * Does something before, after or instead of what answers a route: the extension point of plugins for
 * {@code filters:} of a route. A request comes to it when it has been checked, authenticated and counted;
 * answers from the cache pass it, too.
 *
 * <p>Has no state of a request or a route, so that a plugin can be replaced while requests are under way.
 * Called by the threads of requests, by several at a time.
 */
public interface RequestFilter {

  /** Returns the word for it in a definition. */
  String name();

  /** Returns in a sentence what it does. */
  String about();

  /**
   * Checks the options of a definition.
   *
   * @param options by their names; empty if there are none
   * @throws IllegalArgumentException if they are not as they must be; the message says what was expected
   */
  void check(Map<String, String> options);

  /**
   * Lets a request through with {@code next.handle(exchange)}, or answers it as a {@link RouteHandler}
   * does. {@link Exchange#promise} adds a field to whatever the answer will be.
   *
   * @param options as they were checked
   * @param next the filters that stand after it, then the route
   * @throws ProblemException if there is no answer but a problem
   * @throws IOException if the client's connection fails
   * @throws InterruptedException if the request is given up
   */
  void filter(Exchange exchange, Map<String, String> options, RouteHandler next)
      throws ProblemException, IOException, InterruptedException;
}

package dev.touchstone.examples.gateway.route;

/**
 * Requests of one shape, what they must fulfil, and who answers them.
 *
 * @param method the method in upper case; a route of {@code GET} answers {@code HEAD} as well where no
 *     other does, and {@code *} stands for every method
 * @param template the paths
 * @param terms what a request must fulfil
 * @param handler who answers
 */
public record Route(String method, PathTemplate template, Terms terms, RouteHandler handler) {

  /** Stands for every method. */
  public static final String ANY_METHOD = "*";

  /**
   * Checks the method.
   *
   * @throws IllegalArgumentException if it is neither a token in upper case nor {@code *}
   */
  public Route {
    if (!method.equals(ANY_METHOD) && !method.matches("[A-Z][A-Z0-9_-]*")) {
      throw new IllegalArgumentException(
          "method must be in upper case, such as GET, or " + ANY_METHOD + ", was '" + method + "'");
    }
  }

  /** Returns a route with the default {@link Terms}. */
  public static Route of(String method, String template, RouteHandler handler) {
    return new Route(method, PathTemplate.of(template), Terms.DEFAULT, handler);
  }

  /** Returns the method and the template, such as {@code GET /users/{id}}: the name in metrics. */
  public String name() {
    return method + " " + template;
  }

  /** Returns this route with other terms. */
  public Route withTerms(Terms other) {
    return new Route(method, template, other, handler);
  }

  @Override
  public String toString() {
    return name();
  }
}

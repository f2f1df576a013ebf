package dev.touchstone.examples.gateway.route;

import java.util.Map;
import java.util.Set;

/** The filters that definitions may name. */
public interface RequestFilters {

  /** Returns their names. Asked only where a definition names one. */
  Set<String> names();

  /**
   * Checks the options of a filter.
   *
   * @param name one of {@link #names()}
   * @throws IllegalArgumentException if they are not as they must be
   */
  void check(String name, Map<String, String> options);

  /**
   * Returns what answers behind a filter.
   *
   * @param name one of {@link #names()}
   * @param next who answers what the filter lets through
   */
  RouteHandler before(RouteHandler next, String name, Map<String, String> options);

  /** Returns no filters. */
  static RequestFilters none() {
    return new RequestFilters() {

      @Override
      public Set<String> names() {
        return Set.of();
      }

      @Override
      public void check(String name, Map<String, String> options) {
        throw new IllegalArgumentException("there is no filter " + name);
      }

      @Override
      public RouteHandler before(RouteHandler next, String name, Map<String, String> options) {
        throw new IllegalArgumentException("there is no filter " + name);
      }
    };
  }
}

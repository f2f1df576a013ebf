package dev.touchstone.examples.gateway.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the route of a request. Immutable; for all threads.
 *
 * <p>Of several templates that a path fits, the most specific one with the method counts: segment by
 * segment from the left, a word goes before {@code {name}}, and that before {@code {name*}}. The order
 * in which routes are given does not matter.
 */
public final class RouteTable {

  /** What a table says to a request. */
  public sealed interface Match {

    /**
     * There is a route.
     *
     * @param parameters what stands for the names of the template, decoded; in order
     */
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /**
     * There are routes, but of other methods.
     *
     * @param allowed the methods that there are, in alphabetical order
     */
    record WrongMethod(SortedSet<String> allowed) implements Match {}

    /** There is no route. */
    record Missing() implements Match {}
  }

  private final List<Route> routes;
  private final PathNode root;

  private RouteTable(List<Route> routes, PathNode root) {
    this.routes = routes;
    this.root = root;
  }

  /**
   * Returns the table of some routes.
   *
   * @throws IllegalArgumentException if two of them have the same method and fit the same paths
   */
  public static RouteTable of(Collection<Route> routes) {
    var root = new PathNode();
    routes.forEach(root::add);
    return new RouteTable(List.copyOf(routes), root);
  }

  /** Returns the routes, as they were given. */
  public List<Route> routes() {
    return routes;
  }

  /**
   * Finds the route of a request.
   *
   * @param path percent-encoded, with proper escapes
   */
  public Match match(String method, String path) {
    var segments = path.substring(1).split("/", -1);
    for (var i = 0; i < segments.length; i++) {
      segments[i] = decode(segments[i]);
    }
    var values = new ArrayList<String>();
    var route = root.find(method, segments, values);
    if (route != null) {
      return new Match.Found(route, route.template().bind(values));
    }
    var allowed = new TreeSet<String>();
    root.methods(segments, 0, allowed);
    return allowed.isEmpty() ? new Match.Missing() : new Match.WrongMethod(allowed);
  }

  /* URLDecoder is for forms, where a plus is a space. */
  private static String decode(String segment) {
    return segment.indexOf('%') < 0
        ? segment
        : URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }
}

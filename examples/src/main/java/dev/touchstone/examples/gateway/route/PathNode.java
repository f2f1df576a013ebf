package dev.touchstone.examples.gateway.route;

import dev.touchstone.examples.gateway.route.PathTemplate.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node of the tree of templates: what may follow the segments so far. Not changed once built. */
final class PathNode {

  private final Map<String, PathNode> literals = new HashMap<>();
  private final Map<String, Route> here = new HashMap<>();
  private final Map<String, Route> rest = new HashMap<>();
  private @Nullable PathNode named;

  /**
   * Adds a route below this node, the root.
   *
   * @throws IllegalArgumentException if there is one with the same method for the same paths
   */
  void add(Route route) {
    var node = this;
    for (var segment : route.template().segments()) {
      switch (segment) {
        case Segment.Literal literal ->
          node = node.literals.computeIfAbsent(literal.text(), text -> new PathNode());
        case Segment.Name name -> {
          node.named = node.named == null ? new PathNode() : node.named;
          node = node.named;
        }
        case Segment.Rest all -> {
          put(node.rest, route);
          return;
        }
      }
    }
    put(node.here, route);
  }

  private static void put(Map<String, Route> routes, Route route) {
    var other = routes.putIfAbsent(route.method(), route);
    if (other != null) {
      throw new IllegalArgumentException("'" + route + "' and '" + other
          + "' fit the same requests; remove one of them, or give them different words");
    }
  }

  /** Returns the most specific route; null if there is none. */
  @Nullable
  Route find(String method, String[] segments, List<String> values) {
    return find(method, segments, 0, values);
  }

  /* Goes back where a more specific branch turns out to end, or not to have the method. */
  private @Nullable Route find(String method, String[] segments, int depth, List<String> values) {
    if (depth == segments.length) {
      return pick(here, method);
    }
    var segment = segments[depth];
    var literal = literals.get(segment);
    var found = literal == null ? null : literal.find(method, segments, depth + 1, values);
    if (found == null && named != null && !segment.isEmpty()) {
      values.add(segment);
      found = named.find(method, segments, depth + 1, values);
      if (found == null) {
        values.removeLast();
      }
    }
    if (found == null) {
      found = pick(rest, method);
      if (found != null) {
        values.add(restOf(segments, depth));
      }
    }
    return found;
  }

  private static @Nullable Route pick(Map<String, Route> routes, String method) {
    var exact = routes.get(method);
    if (exact == null && method.equals("HEAD")) {
      exact = routes.get("GET");
    }
    return exact == null ? routes.get(Route.ANY_METHOD) : exact;
  }

  private static String restOf(String[] segments, int depth) {
    return String.join("/", List.of(segments).subList(depth, segments.length));
  }

  /** Adds the methods of all routes that the path fits. */
  void methods(String[] segments, int depth, Set<String> methods) {
    if (depth == segments.length) {
      addMethods(here, methods);
      return;
    }
    var literal = literals.get(segments[depth]);
    if (literal != null) {
      literal.methods(segments, depth + 1, methods);
    }
    if (named != null && !segments[depth].isEmpty()) {
      named.methods(segments, depth + 1, methods);
    }
    addMethods(rest, methods);
  }

  private static void addMethods(Map<String, Route> routes, Set<String> methods) {
    methods.addAll(routes.keySet());
    if (routes.containsKey("GET")) {
      methods.add("HEAD");
    }
  }
}

package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.route.PathTemplate;
import dev.touchstone.examples.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done for requests of one shape.
 *
 * @param at where it stands in the file
 * @param method the HTTP method, in upper case
 * @param path the paths
 * @param deadline how long a request may take
 * @param forward the names of the fields that are sent on to backends, in lower case
 * @param answer where the answer comes from
 * @param cache for how long answers are kept; empty if they are not
 * @param access who may ask, and how often
 * @param filters what stands before the answer, the first outermost
 */
public record RouteDefinition(
    YamlNode at,
    String method,
    PathTemplate path,
    Duration deadline,
    List<String> forward,
    Answer answer,
    Optional<CacheDefinition> cache,
    AccessDefinition access,
    List<FilterDefinition> filters) {

  /** Where an answer comes from. */
  public sealed interface Answer {

    /** From one backend, as it is. */
    record Proxy(YamlNode at, Template template) implements Answer {}

    /** From calls whose values are merged. */
    record Aggregate(List<CallDefinition> calls, MergePolicy merge) implements Answer {

      /** Copies the list. */
      public Aggregate {
        calls = List.copyOf(calls);
      }
    }
  }

  /** Copies the lists. */
  public RouteDefinition {
    forward = List.copyOf(forward);
    filters = List.copyOf(filters);
  }

  /** Returns the method and the path, such as {@code GET /users/{id}}. */
  public String name() {
    return method + " " + path;
  }
}

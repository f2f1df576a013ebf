package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.BackendDefinition;
import dev.touchstone.examples.gateway.definition.MergePolicy;
import dev.touchstone.examples.gateway.definition.OnError;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is done for a request that is answered from calls.
 *
 * @param steps the calls in the order of the file, in which their values are merged
 * @param merge what happens to members of the same name
 * @param inputs what of the request the answer depends on, beside the fields that are forwarded: parts of
 *     the path, parameters of the query, claims; in the order of their first use
 */
public record Plan(List<Step> steps, MergePolicy merge, List<Reference> inputs) {

  /** What parameters of the query are called in references. */
  public static final String QUERY = "query";

  /** What the claims of a token are called in references. */
  public static final String JWT = "jwt";

  /** What the value of {@code forEach} is called in references. */
  public static final String ITEM = "item";

  /** Copies the lists. */
  public Plan {
    steps = List.copyOf(steps);
    inputs = List.copyOf(inputs);
  }

  /**
   * Works out the plan of a route with calls.
   *
   * @param backends those that there are
   * @throws dev.touchstone.examples.yaml.YamlException if a name is unknown or taken, calls wait for each
   *     other, or members would collide; it names the line
   */
  public static Plan of(
      RouteDefinition route,
      RouteDefinition.Answer.Aggregate aggregate,
      Map<String, BackendDefinition> backends) {
    return new Planner(route, aggregate, backends).plan();
  }

  /**
   * Returns whether the answer of the one call is passed on as it came, without being read: it is not
   * changed, and not one of several.
   */
  public boolean isPassThrough() {
    var first = steps.getFirst().call();
    return steps.size() == 1
        && first.shape().isPlain()
        && first.forEach().isEmpty()
        && first.onError() instanceof OnError.Required
        && merge != MergePolicy.NAMESPACE;
  }

  /** Returns the steps by levels. */
  public List<List<Step>> levels() {
    var deepest = steps.stream().mapToInt(Step::level).max().orElse(0);
    return IntStream.rangeClosed(0, deepest)
        .mapToObj(level -> steps.stream().filter(step -> step.level() == level).toList())
        .toList();
  }
}

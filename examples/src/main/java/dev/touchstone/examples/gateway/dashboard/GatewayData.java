package dev.touchstone.examples.gateway.dashboard;

import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.gateway.aggregate.Part;
import dev.touchstone.examples.gateway.aggregate.Waterfall;
import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the pages show, wherever it comes from. For all threads.
 *
 * @param gateway the gateway
 * @param traffic what it was told
 */
record GatewayData(Gateway gateway, Traffic traffic) {

  /**
   * A request, and what was done for it.
   *
   * @param waterfall empty if it was handed on, or refused before anything was done
   */
  record Seen(Ended request, Optional<Waterfall> waterfall) {

    /** Returns the calls that were made for it. */
    List<Part> parts() {
      return waterfall.map(Waterfall::parts).orElse(List.of());
    }

    /** Returns whether it was answered, but not with all that was asked for. */
    boolean isDegraded() {
      return !Traffic.isError(request)
          && parts().stream().anyMatch(part -> part.outcome() != Part.Outcome.COMPLETE);
    }
  }

  /** Returns the routes in the order of the file. */
  List<PlannedRoute> routes() {
    return gateway.plan().routes();
  }

  /** Returns the route of a name such as {@code GET /users/{id}}; empty if there is none. */
  Optional<PlannedRoute> route(String name) {
    return routes().stream()
        .filter(planned -> planned.route().name().equals(name))
        .findFirst();
  }

  /** Returns the last requests, the newest first. */
  List<Seen> requests() {
    Map<String, Waterfall> waterfalls = gateway.waterfalls().stream()
        .collect(Collectors.toMap(Waterfall::id, Function.identity(), (newer, older) -> newer));
    return traffic.last().stream()
        .map(request -> new Seen(request, Optional.ofNullable(waterfalls.get(request.id()))))
        .toList();
  }

  /** Returns one of the last requests. */
  Optional<Seen> request(String id) {
    return requests().stream().filter(seen -> seen.request().id().equals(id)).findFirst();
  }

  /** Returns what became of the calls of a route in the last requests, the newest first, by name. */
  Map<String, List<Part>> parts(String route) {
    return gateway.waterfalls().stream()
        .filter(waterfall -> waterfall.route().equals(route))
        .flatMap(waterfall -> waterfall.parts().stream())
        .collect(Collectors.groupingBy(Part::name));
  }
}

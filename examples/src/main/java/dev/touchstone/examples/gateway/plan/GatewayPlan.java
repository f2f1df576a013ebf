package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Aggregate;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Proxy;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A definition that can be served: every name in it is known, and every route has its plan.
 *
 * @param definition the definition
 * @param routes its routes, in the order of the file
 */
public record GatewayPlan(GatewayDefinition definition, List<PlannedRoute> routes) {

  /**
   * A route and what is done for it.
   *
   * @param route the route
   * @param plan the plan of its calls; empty if requests are handed on as they are
   */
  public record PlannedRoute(RouteDefinition route, Optional<Plan> plan) {}

  /** Copies the list. */
  public GatewayPlan {
    routes = List.copyOf(routes);
  }

  /**
   * Works out the plans of all routes.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if a definition cannot be served; it names the line
   */
  public static GatewayPlan of(GatewayDefinition definition) {
    checkPaths(definition.routes());
    return new GatewayPlan(
        definition,
        definition.routes().stream().map(route -> planned(route, definition)).toList());
  }

  private static PlannedRoute planned(RouteDefinition route, GatewayDefinition definition) {
    return switch (route.answer()) {
      case Aggregate calls ->
        new PlannedRoute(route, Optional.of(Plan.of(route, calls, definition.backends())));
      case Proxy proxy -> {
        new Names(route, definition.backends()).checkBackend(proxy.template(), proxy.at());
        yield new PlannedRoute(route, Optional.empty());
      }
    };
  }

  /* A table says which two routes are in each other's way, but not where they stand. */
  private static void checkPaths(List<RouteDefinition> definitions) {
    var routes = new ArrayList<Route>();
    for (var definition : definitions) {
      routes.add(Route.of(definition.method(), definition.path().toString(), exchange -> {}));
      try {
        RouteTable.of(routes);
      } catch (IllegalArgumentException e) {
        throw definition.at().failure(String.valueOf(e.getMessage()));
      }
    }
  }
}

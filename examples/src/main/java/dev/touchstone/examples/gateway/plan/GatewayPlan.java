package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.FilterDefinition;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Aggregate;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Proxy;
import dev.touchstone.examples.gateway.route.RequestFilters;
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
 * @param filters those that its routes may have
 */
public record GatewayPlan(
    GatewayDefinition definition, List<PlannedRoute> routes, RequestFilters filters) {

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
   * Works out the plans of all routes, which have no filters.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if a definition cannot be served; it names the line
   */
  public static GatewayPlan of(GatewayDefinition definition) {
    return of(definition, RequestFilters.none());
  }

  /**
   * Works out the plans of all routes.
   *
   * @param filters those that routes may have
   * @throws dev.touchstone.examples.yaml.YamlException if a definition cannot be served; it names the line
   */
  public static GatewayPlan of(GatewayDefinition definition, RequestFilters filters) {
    checkPaths(definition.routes());
    definition.routes().stream()
        .flatMap(route -> route.filters().stream())
        .forEach(filter -> check(filter, filters));
    return new GatewayPlan(
        definition,
        definition.routes().stream().map(route -> planned(route, definition)).toList(),
        filters);
  }

  private static void check(FilterDefinition filter, RequestFilters known) {
    var names = known.names();
    if (!names.contains(filter.name())) {
      throw filter.at().unknown(filter.name(), names);
    }
    try {
      known.check(filter.name(), filter.options());
    } catch (IllegalArgumentException e) {
      throw filter.at().failure(String.valueOf(e.getMessage()));
    }
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

package dev.touchstone.examples.gateway;

import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Aggregate;
import dev.touchstone.examples.gateway.plan.Plan;
import java.nio.file.Path;
import java.util.Map;

/** Makes definitions and plans from text. */
public final class Definitions {

  private Definitions() {}

  public static GatewayDefinition parse(String yaml) {
    return GatewayDefinition.parse("gateway.yaml", yaml, Path.of("."), Map.of());
  }

  /** Returns the definition of one route {@code GET /x/{id}} with backends {@code a} to {@code d}. */
  public static GatewayDefinition ofRoute(String route) {
    return parse("""
        backends:
          a: {url: "http://127.0.0.1:1/a"}
          b: {url: "http://127.0.0.1:1/b"}
          c: {url: "http://127.0.0.1:1/c"}
          d: {url: "http://127.0.0.1:1/d"}
        routes:
          GET /x/{id}:
        """ + route.indent(4));
  }

  public static Plan plan(GatewayDefinition definition) {
    RouteDefinition route = definition.routes().getFirst();
    return Plan.of(route, (Aggregate) route.answer(), definition.backends());
  }
}

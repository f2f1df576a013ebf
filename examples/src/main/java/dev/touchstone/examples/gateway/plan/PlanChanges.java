package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.AuthDefinition.Jwt;
import dev.touchstone.examples.gateway.definition.BackendDefinition;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.FilterDefinition;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Aggregate;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Proxy;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What one definition would change about another. */
public final class PlanChanges {

  private final List<String> lines = new ArrayList<>();

  private PlanChanges() {}

  /**
   * Returns the changes, each as a line that begins with {@code +}, {@code -} or {@code ~}; empty if there
   * are none. The order is that of the definitions; what is gone comes last.
   */
  public static List<String> between(GatewayPlan old, GatewayPlan next) {
    var changes = new PlanChanges();
    changes.settings(old.definition(), next.definition());
    changes.compare(
        "backend", old.definition().backends(), next.definition().backends(), changes::backend);
    changes.compare("route", byName(old), byName(next), changes::route);
    return List.copyOf(changes.lines);
  }

  private static Map<String, PlannedRoute> byName(GatewayPlan plan) {
    var routes = new LinkedHashMap<String, PlannedRoute>();
    plan.routes().forEach(route -> routes.put(route.route().name(), route));
    return routes;
  }

  private void settings(GatewayDefinition old, GatewayDefinition next) {
    changed("listen", old.listen(), next.listen());
    changed("admin", old.admin(), next.admin());
    changed("trust", old.trust(), next.trust());
    changed("cache", old.cacheBytes(), next.cacheBytes());
    changed("jwt", old.auth().jwt().map(Jwt::issuer), next.auth().jwt().map(Jwt::issuer));
    if (!old.auth().keys().equals(next.auth().keys())) {
      lines.add("~ keys");
    }
  }

  private <T> void compare(
      String what, Map<String, T> old, Map<String, T> next, BiConsumer<T, T> both) {
    next.forEach((name, value) -> {
      var before = old.get(name);
      if (before == null) {
        lines.add("+ " + what + " " + name);
      } else {
        both.accept(before, value);
      }
    });
    old.keySet().stream()
        .filter(name -> !next.containsKey(name))
        .forEach(name -> lines.add("- " + what + " " + name));
  }

  private void backend(BackendDefinition old, BackendDefinition next) {
    var name = "backend " + next.name() + " ";
    changed(name + "url", old.url(), next.url());
    changed(name + "timeout", old.timeout(), next.timeout());
    changed(name + "attempts", old.attempts(), next.attempts());
    changed(name + "concurrency", old.concurrency(), next.concurrency());
    changed(name + "breaker", old.breaker(), next.breaker());
    changed(name + "maxBytes", old.maxBytes(), next.maxBytes());
    if (!old.headers().equals(next.headers())) {
      lines.add("~ " + name + "headers"); // the values may be secrets
    }
  }

  private void route(PlannedRoute old, PlannedRoute next) {
    var name = "route " + next.route().name() + " ";
    changed(name + "deadline", old.route().deadline(), next.route().deadline());
    changed(name + "forward", old.route().forward(), next.route().forward());
    changed(name + "cache", old.route().cache(), next.route().cache());
    changed(name + "auth", old.route().access().auth(), next.route().access().auth());
    changed(
        name + "limit",
        old.route().access().limit().map(limit -> limit.per() + " " + limit.quota()),
        next.route().access().limit().map(limit -> limit.per() + " " + limit.quota()));
    changed(
        name + "maxBody",
        old.route().access().maxBodyBytes(),
        next.route().access().maxBodyBytes());
    changed(name + "filters", filters(old), filters(next));
    changed(name + "answer", kind(old), kind(next));
    compare("call of " + next.route().name(), calls(old), calls(next), (before, after) -> {
      changed(name + after.name(), description(before), description(after));
    });
  }

  private static List<String> filters(PlannedRoute route) {
    return route.route().filters().stream().map(FilterDefinition::toString).toList();
  }

  private static String kind(PlannedRoute route) {
    return switch (route.route().answer()) {
      case Proxy proxy -> "proxy " + proxy.template();
      case Aggregate calls -> "calls, merge " + calls.merge();
    };
  }

  private static Map<String, CallDefinition> calls(PlannedRoute route) {
    var calls = new LinkedHashMap<String, CallDefinition>();
    route
        .plan()
        .ifPresent(plan -> plan.steps().forEach(step -> calls.put(step.name(), step.call())));
    return calls;
  }

  private static String description(CallDefinition call) {
    return call.method() + " " + call.template()
        + call.forEach().map(list -> " for each " + list).orElse("")
        + " " + call.onError() + " " + call.shape()
        + call.timeout().map(time -> " within " + time).orElse("");
  }

  private void changed(String what, Object old, Object next) {
    if (!old.equals(next)) {
      lines.add("~ %s: %s -> %s".formatted(what, text(old), text(next)));
    }
  }

  private static Object text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.<Object>map(present -> present).orElse("none")
        : value;
  }
}

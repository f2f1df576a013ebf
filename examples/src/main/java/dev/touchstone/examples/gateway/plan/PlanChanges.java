package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.AccessDefinition.Limit;
import dev.touchstone.examples.gateway.definition.AuthDefinition.Jwt;
import dev.touchstone.examples.gateway.definition.BackendDefinition;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.OnError;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Aggregate;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Proxy;
import dev.touchstone.examples.gateway.definition.Template;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

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
    changed("gateway", old.name(), next.name());
    changed("listen", old.listen(), next.listen());
    changed("admin", old.admin(), next.admin());
    changed("trust", old.trust(), next.trust());
    changed("cache", old.cacheBytes(), next.cacheBytes());
    changed(
        "jwt",
        old.auth().jwt().map(PlanChanges::issuer),
        next.auth().jwt().map(PlanChanges::issuer));
    hidden("keys", old.auth().keys(), next.auth().keys());
  }

  private static String issuer(Jwt jwt) {
    return "%s for %s, keys at %s".formatted(jwt.issuer(), jwt.audience(), jwt.jwks());
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
    hidden(name + "headers", old.headers(), next.headers());
  }

  private void route(PlannedRoute old, PlannedRoute next) {
    var name = "route " + next.route().name() + " ";
    changed(name + "deadline", old.route().deadline(), next.route().deadline());
    changed(name + "forward", old.route().forward(), next.route().forward());
    changed(name + "cache", old.route().cache(), next.route().cache());
    changed(name + "auth", old.route().access().auth(), next.route().access().auth());
    changed(
        name + "limit",
        old.route().access().limit().map(PlanChanges::limit),
        next.route().access().limit().map(PlanChanges::limit));
    changed(
        name + "maxBody",
        old.route().access().maxBodyBytes(),
        next.route().access().maxBodyBytes());
    changed(name + "filters", filters(old), filters(next), PlanChanges::names);
    changed(name + "answer", kind(old), kind(next));
    calls(next.route().name(), calls(old), calls(next));
  }

  private static String limit(Limit limit) {
    return limit.per() + " " + limit.quota() + " " + new TreeMap<>(limit.tiers());
  }

  private static List<Map.Entry<String, Map<String, String>>> filters(PlannedRoute route) {
    return route.route().filters().stream()
        .map(filter -> Map.entry(filter.name(), filter.options()))
        .toList();
  }

  private static List<String> names(List<Map.Entry<String, Map<String, String>>> filters) {
    return filters.stream()
        .map(filter -> filter.getKey() + " " + filter.getValue().keySet())
        .toList();
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

  private void calls(
      String route, Map<String, CallDefinition> old, Map<String, CallDefinition> next) {
    compare("call of " + route, old, next, (before, after) -> {
      call("route " + route + " call " + after.name() + " ", before, after);
    });
    changed(
        "route " + route + " order of calls",
        old.keySet().stream().filter(next::containsKey).toList(),
        next.keySet().stream().filter(old::containsKey).toList());
  }

  private void call(String name, CallDefinition old, CallDefinition next) {
    changed(name + "method", old.method(), next.method());
    changed(name + "address", old.template(), next.template(), Template::shown);
    hidden(name + "body", old.body(), next.body());
    changed(name + "forEach", old.forEach(), next.forEach());
    changed(name + "onError", old.onError(), next.onError(), PlanChanges::word);
    changed(name + "keep", old.shape().keep(), next.shape().keep());
    changed(name + "drop", old.shape().drop(), next.shape().drop());
    changed(name + "rename", old.shape().rename(), next.shape().rename());
    changed(name + "into", old.shape().into(), next.shape().into());
    changed(name + "timeout", old.timeout(), next.timeout());
  }

  private static String word(OnError onError) {
    return switch (onError) {
      case OnError.Required required -> "required";
      case OnError.Omit omit -> "optional";
      case OnError.Default other -> "default";
      case OnError.Stale stale -> "stale " + stale.longest();
    };
  }

  /** Says how something is different, as far as it may be shown; what is hidden may be all of that. */
  private <T> void changed(String what, T old, T next, Function<T, Object> shown) {
    var before = shown.apply(old);
    var after = shown.apply(next);
    if (before.equals(after)) {
      hidden(what, old, next);
    } else {
      changed(what, before, after);
    }
  }

  private void changed(String what, Object old, Object next) {
    if (!old.equals(next)) {
      lines.add("~ %s: %s -> %s".formatted(what, text(old), text(next)));
    }
  }

  /** Says that something is different, and not how: it may hold secrets. */
  private void hidden(String what, Object old, Object next) {
    if (!old.equals(next)) {
      lines.add("~ " + what);
    }
  }

  private static Object text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.<Object>map(present -> present).orElse("none")
        : value;
  }
}

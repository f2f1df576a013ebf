package dev.touchstone.examples.gateway;

import dev.touchstone.examples.gateway.aggregate.Part;
import dev.touchstone.examples.gateway.aggregate.Waterfall;
import dev.touchstone.examples.gateway.observe.Operations;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import dev.touchstone.examples.gateway.plan.Step;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.yaml.YamlException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * What those who look after a gateway ask it: its health, its figures, what it does, and to read its
 * definition again. Who reaches the address may do all of it.
 *
 * @param gateway the gateway
 * @param meters its figures
 */
record Administration(Gateway gateway, PrometheusMeterRegistry meters) {

  List<Route> routes() {
    var routes = new ArrayList<>(Operations.health(gateway::isReady));
    routes.add(Operations.metrics(meters));
    routes.add(Route.of("GET", "/admin/state", exchange -> reply(exchange, state())));
    routes.add(Route.of("POST", "/admin/reload", this::reload));
    return routes;
  }

  private void reload(Exchange exchange) throws ProblemException, IOException {
    if (exchange.fields().contains(HttpHeader.ORIGIN)) {
      throw new ProblemException(Problem.of(
          HttpStatus.FORBIDDEN_403, "a page must not do this; use a program such as curl"));
    }
    try {
      reply(exchange, Map.of("changes", gateway.reload().changes()));
    } catch (YamlException | RestartNeededException | IOException e) {
      throw new ProblemException(
          Problem.of(HttpStatus.UNPROCESSABLE_ENTITY_422, String.valueOf(e.getMessage())),
          HttpFields.EMPTY,
          e);
    }
  }

  private static void reply(Exchange exchange, Object json) throws IOException {
    exchange.reply(
        HttpStatus.OK_200,
        HttpFields.build()
            .put(HttpHeader.CONTENT_TYPE, "application/json")
            .put(HttpHeader.CACHE_CONTROL, "no-store"),
        JsonMapper.shared().writeValueAsBytes(json));
  }

  private Map<String, Object> state() {
    var plan = gateway.plan();
    var state = new LinkedHashMap<String, Object>();
    state.put("gateway", plan.definition().name());
    state.put("routes", plan.routes().stream().map(Administration::route).toList());
    state.put("backends", gateway.backends());
    state.put("cache", gateway.cache());
    state.put(
        "requests", gateway.waterfalls().stream().map(Administration::request).toList());
    return state;
  }

  private static Map<String, Object> route(PlannedRoute planned) {
    var route = new LinkedHashMap<String, Object>();
    route.put("name", planned.route().name());
    route.put("deadlineMillis", planned.route().deadline().toMillis());
    route.put(
        "calls",
        planned.plan().stream()
            .flatMap(plan -> plan.steps().stream().map(step -> call(step, plan.steps())))
            .toList());
    return route;
  }

  private static Map<String, Object> call(Step step, List<Step> steps) {
    var call = new LinkedHashMap<String, Object>();
    call.put("name", step.name());
    call.put("backend", step.call().template().backend());
    call.put("address", step.call().method() + " " + step.call().template().shown());
    call.put("level", step.level());
    call.put(
        "needs", step.needs().stream().map(index -> steps.get(index).name()).toList());
    return call;
  }

  private static Map<String, Object> request(Waterfall waterfall) {
    var request = new LinkedHashMap<String, Object>();
    request.put("id", waterfall.id());
    request.put("route", waterfall.route());
    request.put("at", waterfall.at().toString());
    request.put("micros", waterfall.took().toNanos() / 1_000);
    request.put("status", waterfall.status());
    request.put("parts", waterfall.parts().stream().map(Administration::part).toList());
    return request;
  }

  private static Map<String, Object> part(Part each) {
    var part = new LinkedHashMap<String, Object>();
    part.put("name", each.name());
    part.put("outcome", each.outcome());
    each.reason().ifPresent(reason -> part.put("reason", reason));
    part.put("beginMicros", each.begin().toNanos() / 1_000);
    part.put("micros", each.took().toNanos() / 1_000);
    part.put("attempts", each.attempts());
    return part;
  }
}

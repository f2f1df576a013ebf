package dev.touchstone.examples.gateway;

import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.aggregate.AggregateHandler;
import dev.touchstone.examples.gateway.aggregate.Aggregator;
import dev.touchstone.examples.gateway.aggregate.Answers;
import dev.touchstone.examples.gateway.aggregate.ProxiedAnswers;
import dev.touchstone.examples.gateway.aggregate.StaleValues;
import dev.touchstone.examples.gateway.aggregate.Waterfalls;
import dev.touchstone.examples.gateway.auth.ApiKeys;
import dev.touchstone.examples.gateway.backend.Backends;
import dev.touchstone.examples.gateway.cache.AnswerCache;
import dev.touchstone.examples.gateway.cache.CachedProxy;
import dev.touchstone.examples.gateway.cache.Forgetting;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Auth;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.proxy.Proxy;
import dev.touchstone.examples.gateway.proxy.ProxyOptions;
import dev.touchstone.examples.gateway.route.RequestFilters;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteHandler;
import dev.touchstone.examples.gateway.route.RouteTable;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes routes of a plan.
 *
 * @param backends who is called
 * @param guards who may call
 * @param cache where answers are kept
 * @param stale where values are kept that may be stale
 * @param waterfalls where it is kept what was done
 */
record Wiring(
    Backends backends, Guards guards, AnswerCache cache, StaleValues stale, Waterfalls waterfalls) {

  /* What an answer of a backend commonly depends on; a browser sends it with every request. */
  private static final List<String> NEGOTIATION = List.of("accept", "accept-language");

  private static final TimeSource TIME = TimeSource.system();

  RouteTable table(GatewayPlan plan) {
    return RouteTable.of(plan.routes().stream()
        .map(planned -> new Route(
            planned.route().method(),
            planned.route().path(),
            guards.terms(planned.route(), plan.definition()),
            filtered(planned.route(), new Forgetting(handler(planned), cache), plan.filters())))
        .toList());
  }

  private static RouteHandler filtered(
      RouteDefinition route, RouteHandler last, RequestFilters filters) {
    var handler = last;
    for (var filter : route.filters().reversed()) {
      handler = filters.before(handler, filter.name(), filter.options());
    }
    return handler;
  }

  private RouteHandler handler(PlannedRoute planned) {
    return switch (planned.route().answer()) {
      case Answer.Aggregate calls ->
        aggregate(
            planned.route(),
            planned.plan().orElseThrow(() -> new IllegalArgumentException("it has no plan")));
      case Answer.Proxy proxy -> proxy(planned.route(), proxy);
    };
  }

  private RouteHandler aggregate(RouteDefinition route, Plan plan) {
    return answering(
        route, plan.inputs(), route.forward(), new Aggregator(plan, backends, stale, TIME));
  }

  private RouteHandler proxy(RouteDefinition route, Answer.Proxy proxy) {
    var target = proxy.template();
    var backend = backends.get(target.backend());
    var upstream = target.path().isEmpty() ? backend.url() : backend.url() + "/" + target.path();
    var handler = new Proxy(
        backend.client(),
        new ProxyOptions(
            URI.create(upstream),
            ProxyOptions.Host.UPSTREAM,
            ProxyOptions.Credentials.REMOVED,
            route.access().auth().stream().anyMatch(auth -> auth == Auth.KEY)
                ? Set.of(ApiKeys.FIELD)
                : Set.of()));
    if (route.cache().isEmpty()) {
      return handler;
    }
    var forward =
        Stream.concat(NEGOTIATION.stream(), route.forward().stream()).distinct().toList();
    var answers = new ProxiedAnswers(target, route.path(), backends, TIME);
    return new CachedProxy(answering(route, ProxiedAnswers.INPUTS, forward, answers), handler);
  }

  private RouteHandler answering(
      RouteDefinition route, List<Reference> inputs, List<String> forward, Answers answers) {
    return new AggregateHandler(
        inputs,
        forward,
        route.cache().isPresent() ? cache.caching(answers, route) : answers,
        waterfalls,
        TIME);
  }
}

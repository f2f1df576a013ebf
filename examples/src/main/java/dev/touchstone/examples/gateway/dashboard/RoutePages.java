package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.gateway.aggregate.Part;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.limit.RateLimiter;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.plan.Step;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Figures;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The routes: all of them, and each with its calls. */
final class RoutePages {

  private static final int MOST_REQUESTS = 10;

  private final GatewayData data;
  private final TryIt tryIt;

  RoutePages(GatewayData data, TryIt tryIt) {
    this.data = data;
    this.tryIt = tryIt;
  }

  Answer list(WebRequest request) {
    var table = new Table("The routes")
        .column("Route", Style.ADDRESS)
        .column("Answers from", Style.NOWRAP)
        .column("For", Style.WIDE)
        .column("Limit", Style.WIDE)
        .column("Cache", Style.WIDE)
        .column("A second", Style.NUMBER)
        .column("Requests", Style.NUMBER)
        .column("Errors", Style.NUMBER)
        .column("Half in", Style.NUMBER)
        .column("99 % in", Style.NUMBER);
    for (var planned : data.routes()) {
      var route = planned.route();
      var figures = data.traffic().figures(route.name());
      table.row(
          Terms.route(route.name()),
          Html.text(Terms.kind(planned)),
          Html.text(Terms.auth(route)),
          Html.text(Terms.limit(route)),
          Html.text(Terms.cache(route)),
          Html.text(Quantities.decimal(figures.recent())),
          Html.text(Quantities.count(figures.requests())),
          errors(figures.errors()),
          Html.text(Terms.time(figures.half())),
          Html.text(Terms.time(figures.most())));
    }
    return new Answer.Page("Routes", Panel.of("All routes", table.orElse("None.")));
  }

  /** Returns a count of errors, which catches the eye if there are any. */
  static Html errors(long errors) {
    var text = Quantities.count(errors);
    return errors == 0 ? Html.text(text) : tag("span", text).styled("bad");
  }

  Answer one(WebRequest request) {
    return request
        .parameter("route")
        .flatMap(data::route)
        .<Answer>map(planned -> new Answer.Page(planned.route().name(), page(planned, request)))
        .orElseGet(() -> Answer.notFound("The definition has no such route, or not any more."));
  }

  private Html page(PlannedRoute planned, WebRequest request) {
    var route = planned.route();
    var requests = data.requests().stream()
        .filter(seen -> seen.request().routeName().equals(route.name()))
        .limit(MOST_REQUESTS)
        .toList();
    var panels = tag("div").styled("panels");
    planned.plan().ifPresent(plan -> addPlan(panels, plan, route));
    panels.add(
        Panel.of(Width.HALF, "Terms", Html.none(), terms(planned)),
        Panel.of(Width.HALF, "Requests per second", Html.none(), speed(route)),
        tryIt.panel(route, request),
        Panel.of(
            Width.FULL,
            "Its last requests",
            Html.link("/requests", "All requests"),
            RequestPages.table(requests)));
    return Html.of(figures(route), panels);
  }

  private void addPlan(Element panels, Plan plan, RouteDefinition route) {
    var recent = data.parts(route.name());
    panels.add(
        Panel.of(Width.FULL, "What needs what", Html.none(), new CallGraph(plan, recent).html()));
    var table = new Table("The calls in the order of the merge")
        .column("Call", Style.NOWRAP)
        .column("Address", Style.ADDRESS)
        .column("Needs")
        .column("If it fails", Style.NOWRAP)
        .column("Becomes", Style.WIDE)
        .column("Half in", Style.NUMBER)
        .column("All in", Style.NUMBER)
        .column("Not complete", Style.NUMBER);
    for (var step : plan.steps()) {
      var call = step.call();
      var parts = recent.getOrDefault(step.name(), List.of());
      var times = new Latencies();
      parts.forEach(part -> times.add(part.took().toNanos()));
      table.row(
          tag("span", step.name()).styled("code"),
          tag("span", call.method() + " " + call.template().shown() + repetition(call))
              .styled("code"),
          Html.text(needs(step, plan)),
          Html.text(Terms.onError(call.onError())),
          Html.text(call.shape().into().map(name -> "“" + name + "”").orElse("its members")),
          Html.text(Terms.time(times.within(0.5))),
          Html.text(Terms.time(times.within(1))),
          errors(parts.stream()
              .filter(part -> part.outcome() != Part.Outcome.COMPLETE)
              .count()));
    }
    panels.add(Panel.of(
        Width.FULL,
        "Calls",
        tag("span", "as of the last " + Traffic.MOST + " requests").styled("muted"),
        table.orElse("None.")));
  }

  private static String repetition(CallDefinition call) {
    return call.forEach()
        .map(each -> " for each of %s, %d at a time, at most %d"
            .formatted(each.over(), each.parallel(), each.max()))
        .orElse("");
  }

  private static String needs(Step step, Plan plan) {
    return step.needs().isEmpty()
        ? Terms.NOTHING
        : step.needs().stream()
            .map(index -> plan.steps().get(index).name())
            .collect(Collectors.joining(", "));
  }

  private Html figures(RouteDefinition route) {
    var figures = data.traffic().figures(route.name());
    var strip = new Figures()
        .add("Requests", Quantities.count(figures.requests()), "since the start")
        .add("A second", Quantities.decimal(figures.recent()), "over half a minute")
        .add(
            "Errors",
            Quantities.count(figures.errors()),
            Quantities.share(figures.errors(), figures.requests()))
        .add("Half in", Terms.time(figures.half()), "of the last 1,000")
        .add("99 % in", Terms.time(figures.most()), "deadline " + Terms.time(route.deadline()));
    if (route.cache().isPresent()) {
      var uses = data.gateway().cache(route.name());
      strip.add(
          "Kept answers",
          Quantities.share(uses.hits(), uses.hits() + uses.misses()),
          Quantities.count(uses.hits()) + " given, " + Quantities.count(uses.misses()) + " made");
    }
    return strip.html();
  }

  private Html terms(PlannedRoute planned) {
    var route = planned.route();
    var facts = tag("dl").styled("facts");
    Terms.fact(facts, "Answers from", Terms.kind(planned));
    Terms.fact(facts, "For", Terms.auth(route));
    Terms.fact(facts, "Limit", Terms.limit(route));
    route.access().limit().ifPresent(limit -> {
      limit.tiers().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              tier -> Terms.fact(facts, "Tier " + tier.getKey(), Terms.quota(tier.getValue())));
      Terms.fact(facts, "Counted now", counted(route));
    });
    Terms.fact(facts, "Cache", Terms.cache(route));
    Terms.fact(facts, "Deadline", Terms.time(route.deadline()));
    Terms.fact(facts, "Body", "at most " + Quantities.size(route.access().maxBodyBytes()));
    Terms.fact(
        facts,
        "Forwards",
        route.forward().isEmpty() ? "no fields" : String.join(", ", route.forward()));
    return facts;
  }

  private String counted(RouteDefinition route) {
    var callers = data.gateway()
        .limiter(route.name())
        .map(RateLimiter::keys)
        .map(keys -> Quantities.count(keys, "caller", "callers"))
        .orElse(Terms.NOTHING);
    return callers + "; "
        + Quantities.count(
            data.traffic().figures(route.name()).limited(),
            "request was refused",
            "requests were refused");
  }

  private Html speed(RouteDefinition route) {
    return OverviewPage.speed(data.traffic().figures(route.name()));
  }
}

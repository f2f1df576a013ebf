package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.gateway.LastReload;
import dev.touchstone.examples.gateway.RestartNeededException;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Figures;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Sparkline;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.util.Comparator;

/** How the gateway does, and the button that lets it read its definition again. */
final class OverviewPage {

  private static final int MOST_ROUTES = 6;

  private final GatewayData data;

  OverviewPage(GatewayData data) {
    this.data = data;
  }

  Answer show(WebRequest request) {
    return new Answer.Page(
        "Overview",
        Html.of(
            condition(),
            strip(data.traffic().figures()),
            Panel.row(
                Panel.of(
                    Width.TWO_THIRDS,
                    "Requests per second",
                    Html.none(),
                    speed(data.traffic().figures())),
                Panel.of(Width.THIRD, "Last reload", Html.none(), reload(request)),
                Panel.of(
                    Width.TWO_THIRDS, "Busiest routes", link("/routes", "All routes"), routes()),
                Panel.of(Width.THIRD, "Backends", link("/backends", "All backends"), backends()))));
  }

  /** Lets the gateway read its definition again; what came of it is on the page. */
  Answer readAgain(WebRequest request) {
    try {
      data.gateway().reload();
    } catch (YamlException | RestartNeededException | IOException e) {
      // the gateway remembers it, for the page
    }
    return new Answer.SeeOther("/");
  }

  private Html condition() {
    var findings = Findings.of(data);
    var head = tag("div").styled("head");
    if (findings.isEmpty()) {
      head.add(tag("span", "Serving").styled("state good"));
    } else {
      head.add(link("/health", Quantities.count(findings.size(), "thing", "things") + " to look at")
          .styled("state warn"));
    }
    return head.add(tag("span", data.gateway().uri().toString()).styled("code"));
  }

  private Html strip(Traffic.Figures figures) {
    var cache = data.gateway().cache();
    return new Figures()
        .add("Requests a second", Quantities.decimal(figures.recent()), "over half a minute")
        .add("Requests", Quantities.count(figures.requests()), "since the start")
        .add(
            "Errors",
            Quantities.share(figures.errors(), figures.requests()),
            Quantities.count(figures.errors()) + " of " + Quantities.count(figures.requests()))
        .add("Half in", Terms.time(figures.half()), "of the last 1,000")
        .add("99 % in", Terms.time(figures.most()), "of the last 1,000")
        .add(
            "Kept answers",
            Quantities.share(cache.hits(), cache.hits() + cache.misses()),
            Quantities.count(cache.entries()) + " in " + Quantities.size(cache.bytes()))
        .html();
  }

  /** Returns how many requests there were in each second. */
  static Html speed(Traffic.Figures figures) {
    var values = figures.perSecond();
    var most = values.stream().max(Long::compare).orElse(0L);
    var now = values.isEmpty() ? 0 : values.getLast();
    var words = "now " + Quantities.count(now) + ", most " + Quantities.count(most);
    return Html.of(
        Sparkline.of("Requests per second: " + words, values),
        tag(
                "div",
                tag("span", Quantities.count(values.size(), "second", "seconds") + " ago"),
                tag("span", words))
            .styled("axis"));
  }

  private Html reload(WebRequest request) {
    var button = request
        .form("/reload")
        .add(tag("button", "Read the definition again").with("type", "submit"));
    return Html.of(
        data.gateway()
            .lastReload()
            .map(OverviewPage::told)
            .orElse(tag("p", "None since the start.").styled("empty")),
        button.styled("below"));
  }

  private static Html told(LastReload reload) {
    if (reload.error().isPresent()) {
      return Html.of(
          tag(
              "p",
              tag("span", "Failed").styled("state bad"),
              Html.text(" "),
              Terms.when(reload.at())),
          tag("p", reload.error().get()).styled("bad code"),
          tag("p", "The definition before goes on.").styled("muted"));
    }
    var changes = tag("ul").styled("trail");
    reload.changes().forEach(change -> changes.add(tag("li", change).styled("code")));
    return Html.of(
        tag("p", tag("span", "Done").styled("state good"), Html.text(" "), Terms.when(reload.at())),
        reload.changes().isEmpty()
            ? tag("p", "It says the same as before.").styled("muted")
            : changes);
  }

  private Html routes() {
    var table = new Table("The busiest routes")
        .column("Route")
        .column("A second", Style.NUMBER)
        .column("Errors", Style.NUMBER)
        .column("Half in", Style.NUMBER, Style.WIDE)
        .column("99 % in", Style.NUMBER);
    record Row(RouteDefinition route, Traffic.Figures figures) {}
    data.routes().stream()
        .map(planned ->
            new Row(planned.route(), data.traffic().figures(planned.route().name())))
        .sorted(Comparator.comparingDouble((Row row) -> row.figures().recent())
            .thenComparingLong(row -> row.figures().requests())
            .reversed())
        .limit(MOST_ROUTES)
        .forEach(row -> table.row(
            Terms.route(row.route().name()),
            Html.text(Quantities.decimal(row.figures().recent())),
            RoutePages.errors(row.figures().errors()),
            Html.text(Terms.time(row.figures().half())),
            Html.text(Terms.time(row.figures().most()))));
    return table.orElse("None.");
  }

  private Html backends() {
    var table = new Table("The backends")
        .column("Backend")
        .column("Breaker", Style.NOWRAP)
        .column("Under way", Style.NUMBER);
    for (var state : data.gateway().backends()) {
      table.row(
          tag("span", state.name()).styled("code"),
          BackendsPage.breaker(state),
          Html.text(Quantities.count(state.running())));
    }
    return table.orElse("None.");
  }
}

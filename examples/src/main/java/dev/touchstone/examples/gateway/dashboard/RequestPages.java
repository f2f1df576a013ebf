package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.gateway.dashboard.GatewayData.Seen;
import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The last requests: all of them, and each with its calls. */
final class RequestPages {

  private enum Filter {
    ALL("All"),
    FAILED("Failed"),
    DEGRADED("Degraded");

    private final String label;

    Filter(String label) {
      this.label = label;
    }

    private boolean accepts(Seen seen) {
      return switch (this) {
        case ALL -> true;
        case FAILED -> Traffic.isError(seen.request());
        case DEGRADED -> seen.isDegraded();
      };
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Filter of(WebRequest request) {
      var word = request.parameter("show").orElse("");
      return List.of(values()).stream()
          .filter(filter -> filter.word().equals(word))
          .findFirst()
          .orElse(ALL);
    }
  }

  private final GatewayData data;

  RequestPages(GatewayData data) {
    this.data = data;
  }

  Answer list(WebRequest request) {
    var filter = Filter.of(request);
    var all = data.requests();
    var tabs = tag("ul").styled("tabs");
    for (var each : Filter.values()) {
      var count = all.stream().filter(each::accepts).count();
      var tab = link("/requests?show=" + each.word(), each.label + " " + count);
      tabs.add(tag("li", each == filter ? tab.with("aria-current", "page") : tab));
    }
    var shown = all.stream().filter(filter::accepts).toList();
    return new Answer.Page(
        "Requests",
        Panel.of(
            Width.FULL,
            "The last " + Traffic.MOST,
            Html.none(),
            Html.of(tabs, table(shown), Bars.legend())));
  }

  /**
   * Returns a table of requests, with the bars of their calls on one time axis. It is as long as nine of
   * ten requests took: the bars of the others are cut, or one slow request would leave nothing to see.
   */
  static Html table(List<Seen> requests) {
    var times = new Latencies();
    requests.forEach(seen -> times.add(seen.request().nanos()));
    var axis = times.within(0.9).orElse(Duration.ZERO);
    var table = new Table("Requests, the newest first")
        .column("Route", Style.ADDRESS)
        .column("When", Style.NOWRAP, Style.WIDE)
        .column("Status", Style.NOWRAP)
        .column("Took", Style.NUMBER)
        .column("0 – " + Terms.time(axis), Style.PICTURE)
        .column("What is missing, and why", Style.WIDE);
    for (var seen : requests) {
      var ended = seen.request();
      table.row(
          Terms.request(ended.id(), name(ended)).styled("code"),
          Terms.when(ended.at()),
          Terms.status(ended),
          Html.text(Terms.time(Duration.ofNanos(ended.nanos()))),
          Bars.of(seen, axis),
          Html.text(Terms.troubles(seen.parts())));
    }
    return table.orElse("None.");
  }

  /* A path that has no route is a stranger's; it says more than "none". */
  private static String name(Ended request) {
    return request.route() == null ? request.method() + " " + request.path() : request.routeName();
  }

  Answer one(WebRequest request) {
    return request
        .parameter("id")
        .flatMap(data::request)
        .<Answer>map(seen -> new Answer.Page("Request", page(seen)))
        .orElseGet(() -> Answer.notFound("It is none of the last " + Traffic.MOST + " requests."));
  }

  private Html page(Seen seen) {
    var took = Duration.ofNanos(seen.request().nanos());
    return Panel.row(
        Panel.of(Width.FULL, "Calls", Html.none(), calls(seen, took)),
        Panel.of(Width.FULL, "Request", Html.none(), facts(seen.request(), took)));
  }

  /** Returns what was done for a request. */
  static Html calls(Seen seen, Duration took) {
    if (seen.parts().isEmpty()) {
      return tag("p", withoutCalls(seen)).styled("empty");
    }
    return Html.of(Bars.table(seen.parts(), took), Bars.legend());
  }

  private static String withoutCalls(Seen seen) {
    if (seen.request().outcome() == Ended.Outcome.PROBLEM) {
      return "The gateway refused it, or could not answer, before it made any call.";
    }
    return seen.waterfall().isPresent()
        ? "The answer was kept from before: no call was made."
        : "It was handed on to its backend as it came.";
  }

  private Html facts(Ended request, Duration took) {
    var facts = tag("dl").styled("facts");
    Terms.fact(facts, "Status", Terms.status(request));
    Terms.fact(facts, "Outcome", outcome(request.outcome()));
    Terms.fact(
        facts,
        "Route",
        data.route(request.routeName()).isPresent()
            ? Terms.route(request.routeName())
            : Html.text(request.routeName()));
    Terms.fact(
        facts, "Path", tag("span", request.method() + " " + request.path()).styled("code"));
    Terms.fact(facts, "Came", Terms.when(request.at()));
    Terms.fact(facts, "Took", Terms.time(took));
    Terms.fact(facts, "Caller", request.caller().name() + " at " + request.client());
    Terms.fact(
        facts,
        "Sizes",
        Quantities.size(request.bytesIn()) + " in, " + Quantities.size(request.bytesOut())
            + " out, without heads");
    Terms.fact(facts, "Protocol", request.protocol());
    Terms.fact(facts, "Id", tag("span", request.id()).styled("code"));
    return facts;
  }

  private static String outcome(Ended.Outcome outcome) {
    return switch (outcome) {
      case ANSWERED -> "Answered";
      case PROBLEM -> "Refused, or could not be answered";
      case BROKEN_OFF -> "The answer broke off";
      case CLIENT_LEFT -> "The client left";
    };
  }
}

package dev.touchstone.examples.scraper.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.scraper.politeness.HostView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Meter;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The hosts: what each is doing, how fast it may be asked and why not faster. */
final class HostsPage {

  private final CrawlData data;

  HostsPage(CrawlData data) {
    this.data = data;
  }

  Answer answer() {
    return new Answer.Page("Hosts", data.live().map(this::running).orElseGet(this::resting));
  }

  private Html running(Live live) {
    var hosts = live.hosts();
    var views = hosts.hosts().stream()
        .collect(Collectors.toMap(HostView::origin, Function.identity(), (a, b) -> a));
    var table = new Table("The hosts of the crawl")
        .column("Host", Style.ADDRESS)
        .column("State")
        .column("Delay", Style.NUMBER)
        .column("Because of", Style.NOWRAP)
        .column("Done", Style.NUMBER)
        .column("Waiting", Style.NUMBER)
        .column("Progress", Style.WIDE);
    for (var host : data.hosts()) {
      var view = views.get(host.origin());
      table.row(
          Html.text(host.origin()),
          view == null ? Html.text("–") : Terms.state(view, hosts.now()),
          Html.text(view == null ? "–" : Quantities.time(view.delay())),
          Html.text(view == null ? "–" : Terms.cause(view.cause())),
          Html.text(Quantities.count(host.done())),
          Html.text(Quantities.count(host.waiting())),
          Meter.of("Done", host.done(), host.done() + host.waiting()));
    }
    return Panel.of("Pace", table.orElse("No host yet."));
  }

  private Html resting() {
    var table = new Table("The hosts of the crawl")
        .column("Host", Style.ADDRESS)
        .column("Done", Style.NUMBER)
        .column("Waiting", Style.NUMBER)
        .column("Progress", Style.WIDE);
    for (var host : data.hosts()) {
      table.row(
          Html.text(host.origin()),
          Html.text(Quantities.count(host.done())),
          Html.text(Quantities.count(host.waiting())),
          Meter.of("Done", host.done(), host.done() + host.waiting()));
    }
    return Html.of(
        tag(
            "p",
            "What hosts are doing, and their delays, only the process knows that crawls: start it with"
                + " --dashboard to see them here."),
        Panel.of("Addresses", table.orElse("No host yet.")));
  }
}

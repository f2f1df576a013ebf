package dev.touchstone.examples.scraper.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.scraper.dashboard.Progress.Estimate;
import dev.touchstone.examples.scraper.dashboard.Progress.Estimate.Cause;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Figures;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Meter;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Sparkline;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import java.util.List;
import java.util.Optional;

/** How the crawl gets on. */
final class OverviewPage {

  private static final int MOST_ROWS = 6;

  private final CrawlData data;
  private final Progress progress;

  OverviewPage(CrawlData data) {
    this.data = data;
    progress = data.progress();
  }

  Answer answer() {
    return new Answer.Page(
        "Overview",
        Html.of(
            condition(),
            figures(),
            Panel.row(
                Panel.of(Width.TWO_THIRDS, "Pages per second", Html.none(), speed()),
                Panel.of(Width.THIRD, "Errors", link("/errors", "All errors"), errors()),
                Panel.of("What became of the addresses", outcomes()),
                data.live().isPresent()
                    ? Panel.of(
                        Width.FULL, "Latest", Html.none(), latest(data.live().get()))
                    : Html.none())));
  }

  private Html condition() {
    var mood = progress.mood() == Progress.Mood.GOOD ? "state good" : "state muted";
    return tag(
            "div",
            tag("span", progress.condition()).styled(mood),
            tag("span", data.folder().toString()).styled("code"))
        .styled("head");
  }

  private Html figures() {
    var tally = progress.tally();
    var all = tally.visited() + progress.waiting();
    return new Figures()
        .add("Pages", Quantities.count(tally.pages()), Quantities.size(tally.bytes()))
        .add(
            "Done",
            Quantities.share(tally.visited(), all),
            Quantities.count(tally.visited()) + " of " + Quantities.count(all) + " known")
        .add("Waiting", Quantities.count(progress.waiting()), "in the queue")
        .add(
            "Pages per second", Quantities.decimal(progress.pagesPerSecond()), "over half a minute")
        .add(
            "Errors",
            Quantities.count(tally.refused() + tally.failed()),
            Quantities.count(tally.retries(), "retry", "retries"))
        .add(
            "Time left",
            progress.estimate().map(OverviewPage::inWords).orElse("–"),
            progress
                .estimate()
                .filter(estimate -> estimate.cause() == Cause.LIMIT)
                .map(estimate -> "to its limit of pages")
                .orElse("for what is known"))
        .html();
  }

  /* Addresses that are known may lead to others; a limit may never be reached. */
  private static String inWords(Estimate estimate) {
    var sign = estimate.cause() == Cause.LIMIT ? "≤ " : "≥ ";
    return sign + Quantities.time(estimate.left());
  }

  private Html speed() {
    var values = progress.pages();
    if (progress.mood() == Progress.Mood.CALM && values.stream().allMatch(count -> count == 0)) {
      return tag("p", "No page was fetched while this was looked at.").styled("empty");
    }
    var most = values.stream().max(Long::compare).orElse(0L);
    var now = values.isEmpty() ? 0 : values.getLast();
    var words = "now " + Quantities.count(now) + ", most " + Quantities.count(most);
    return Html.of(
        Sparkline.of("Pages per second: " + words, values),
        tag(
                "div",
                tag("span", Quantities.count(values.size(), "second", "seconds") + " ago"),
                tag("span", words))
            .styled("axis"));
  }

  private Html errors() {
    var table = new Table("The most frequent errors")
        .column("Error", Style.ADDRESS)
        .column("Addresses", Style.NUMBER);
    for (var error : data.errors().stream().limit(MOST_ROWS).toList()) {
      table.row(ErrorsPage.link(error), Html.text(Quantities.count(error.count())));
    }
    return table.orElse("None so far.");
  }

  private Html outcomes() {
    var tally = progress.tally();
    return Meter.stacked(
        "What became of the addresses",
        List.of(
            new Meter.Part("Pages", tally.pages()),
            new Meter.Part("Redirects", tally.redirects()),
            new Meter.Part("Other files", tally.other()),
            new Meter.Part("Left alone as robots.txt asks", tally.excluded()),
            new Meter.Part("Dead links and failures", tally.refused() + tally.failed()),
            new Meter.Part("Waiting", progress.waiting())));
  }

  private static Html latest(Live live) {
    var table = new Table("The latest addresses")
        .column("Address", Style.ADDRESS)
        .column("Outcome", Style.NOWRAP)
        .column("Depth", Style.NUMBER, Style.WIDE);
    for (var visit : live.visits()) {
      table.row(
          Terms.address(visit.link().uri()),
          Terms.state(Optional.of(visit.outcome().kind())),
          Html.text(Integer.toString(visit.link().depth())));
    }
    return table.orElse("None so far.");
  }
}

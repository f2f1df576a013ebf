package dev.touchstone.examples.scraper.dashboard;

import dev.touchstone.examples.scraper.frontier.CrawlView.ErrorFigures;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;

/** What went wrong, the most frequent first. */
final class ErrorsPage {

  private final CrawlData data;

  ErrorsPage(CrawlData data) {
    this.data = data;
  }

  Answer answer() {
    var table = new Table("The errors of the crawl")
        .column("Error", Style.ADDRESS)
        .column("Kind", Style.NOWRAP)
        .column("Addresses", Style.NUMBER)
        .column("Such as", Style.ADDRESS);
    for (var error : data.errors()) {
      table.row(
          link(error),
          Html.text(Terms.outcome(error.kind())),
          Html.text(Quantities.count(error.count())),
          Terms.address(error.example()));
    }
    return new Answer.Page("Errors", Panel.of("By frequency", table.orElse("None so far.")));
  }

  /** Returns a link to the addresses that met an error. */
  static Html link(ErrorFigures error) {
    var label = error.kind().equals("refused") ? "Status " + error.reason() : error.reason();
    return Html.link(
        "/addresses?outcome=" + Terms.encoded(error.kind()) + "&reason="
            + Terms.encoded(error.reason()),
        label);
  }
}

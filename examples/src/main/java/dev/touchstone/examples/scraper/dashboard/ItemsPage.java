package dev.touchstone.examples.scraper.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.frontier.CrawlView.OutputFigures;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Meter;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the crawl has written: the latest records of each file, and which fields they fill. */
final class ItemsPage {

  private static final int ROWS = 20;
  private static final int COLUMNS = 6;

  private final CrawlData data;

  ItemsPage(CrawlData data) {
    this.data = data;
  }

  Answer answer() {
    var panels = new ArrayList<Html>();
    var others = new ArrayList<OutputFigures>();
    for (var output : data.look(CrawlView::outputs)) {
      if (output.name().endsWith(".jsonl")) {
        panels.add(panel(output));
      } else {
        others.add(output);
      }
    }
    if (!others.isEmpty()) {
      panels.add(names(others));
    }
    return new Answer.Page(
        "Items",
        panels.isEmpty()
            ? tag("p", "Nothing is written yet.").styled("empty")
            : Html.of(panels.toArray(Html[]::new)));
  }

  /* What is in these is for other programs. */
  private static Html names(List<OutputFigures> outputs) {
    var table = new Table("Files of other formats")
        .column("File", Style.ADDRESS)
        .column("Size", Style.NUMBER);
    outputs.forEach(
        output -> table.row(Html.text(output.name()), Html.text(Quantities.size(output.length()))));
    return Panel.of("Files of other formats", table.orElse("None."));
  }

  private Html panel(OutputFigures output) {
    var size = tag("span", Quantities.size(output.length())).styled("muted");
    var file = data.folder().toAbsolutePath().resolveSibling(output.name());
    return RecordTail.read(file, output.length())
        .map(tail -> Html.of(
            Panel.of(Width.FULL, output.name() + ": fields", size, fields(tail)),
            Panel.of(Width.FULL, output.name() + ": latest", Html.none(), latest(tail))))
        .orElseGet(() -> Panel.of(
            Width.FULL, output.name(), size, tag("p", "The file cannot be read: " + file)));
  }

  private static Html fields(RecordTail tail) {
    var count = tail.records().size();
    var table = new Table("How many records have a value in each field")
        .column("Field", Style.NOWRAP)
        .column("Filled", Style.NUMBER)
        .column("Share", Style.WIDE)
        .column("Such as", Style.CLIP);
    tail.fills()
        .forEach((field, fill) -> table.row(
            tag("span", field).styled("code"),
            Html.text(Quantities.share(fill.count(), count)),
            Meter.of("Filled", fill.count(), count),
            Html.text(fill.example())));
    return Html.of(
        table.orElse("No record yet."),
        tag("p", "Of the last " + Quantities.count(count, "record", "records") + ".")
            .styled("muted"));
  }

  private static Html latest(RecordTail tail) {
    var fields = tail.fills().keySet().stream().limit(COLUMNS).toList();
    if (fields.isEmpty()) {
      return tag("p", "No record yet.").styled("empty");
    }
    var table = new Table("The latest records, the newest first");
    fields.forEach(field -> table.column(field, Style.CLIP));
    for (var record : tail.records().reversed().stream().limit(ROWS).toList()) {
      table.row(fields.stream()
          .map(field -> value(Optional.ofNullable(record.get(field)).orElse("")))
          .toArray(Html[]::new));
    }
    return table.orElse("No record yet.");
  }

  private static Html value(String text) {
    return Addresses.canonical(text).<Html>map(Terms::address).orElseGet(() -> Html.text(text));
  }
}

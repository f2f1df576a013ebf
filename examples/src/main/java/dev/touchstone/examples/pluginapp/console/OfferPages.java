package dev.touchstone.examples.pluginapp.console;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;

/** What plugins offer. */
final class OfferPages {

  private final Workbench workbench;
  private final Themes themes;

  OfferPages(Workbench workbench, Themes themes) {
    this.workbench = workbench;
    this.themes = themes;
  }

  Answer list(WebRequest request) {
    var table = new Table("What plugins offer")
        .column("Extension point", Style.NOWRAP)
        .column("Name", Style.NOWRAP)
        .column("What it does", Style.WIDE)
        .column("Plugin", Style.NOWRAP);
    for (var offer : workbench.contributions()) {
      table.row(
          Html.text(offer.point()),
          tag("span", offer.name()).styled("code"),
          Html.text(offer.about()),
          Html.text(offer.plugin().toString()));
    }
    return new Answer.Page(
        "Offers",
        Html.of(
            Panel.of("What plugins offer", table.orElse("Nothing.")),
            Panel.of("Colours of this console", themes.chooser(request))));
  }
}

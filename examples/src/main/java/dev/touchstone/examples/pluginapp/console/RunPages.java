package dev.touchstone.examples.pluginapp.console;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.recipe.RecipeRun;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.util.Locale;
import java.util.Optional;

/** The runs of this process. */
final class RunPages {

  private final Workbench workbench;
  private final Notices notices;

  RunPages(Workbench workbench, Notices notices) {
    this.workbench = workbench;
    this.notices = notices;
  }

  Answer list(WebRequest request) {
    var table = new Table("The runs, the newest first")
        .column("Run", Style.NUMBER)
        .column("Recipe")
        .column("State")
        .column("Read", Style.NUMBER)
        .column("Written", Style.NUMBER)
        .column("Versions", Style.WIDE)
        .column("Action");
    for (var run : workbench.runs().list()) {
      var progress = run.progress();
      table.row(
          Html.text(Long.toString(run.number())),
          Html.text(run.recipe().name()),
          state(run),
          Html.text(Quantities.count(progress.read())),
          Html.text(Quantities.count(progress.written())),
          versions(run),
          run.state().isEnd() ? Html.none() : cancelButton(request, run));
    }
    return new Answer.Page(
        "Runs",
        Html.of(
            notices.html(), Panel.of("Runs", table.orElse("None since the console was opened."))));
  }

  private static Html state(RecipeRun run) {
    var word = run.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (run.state()) {
      case FINISHED -> tag("span", word).styled("state good");
      case FAILED -> tag("span", word + ": " + run.detail()).styled("bad");
      default -> tag("span", word).styled("state muted");
    };
  }

  private static Html versions(RecipeRun run) {
    var list = tag("ul").styled("trail");
    run.log()
        .forEach(shift -> list.add(tag(
            "li",
            Quantities.count(shift.batches(), "batch", "batches") + " by "
                + String.join(", ", shift.plugins()))));
    return run.log().isEmpty() ? Html.none() : list;
  }

  private static Html cancelButton(WebRequest request, RecipeRun run) {
    var number = Long.toString(run.number());
    return request
        .form("/runs/cancel")
        .add(tag("input").with("type", "hidden").with("name", "run").with("value", number))
        .add(tag("button", "Cancel").with("aria-label", "Cancel run " + number));
  }

  Answer cancel(WebRequest request) {
    return request
        .field("run")
        .flatMap(RunPages::number)
        .flatMap(workbench.runs()::find)
        .<Answer>map(run -> {
          run.cancel();
          return new Answer.SeeOther("/runs");
        })
        .orElseGet(() -> Answer.notFound("there is no such run"));
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

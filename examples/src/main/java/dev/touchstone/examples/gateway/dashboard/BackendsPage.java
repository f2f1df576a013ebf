package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.gateway.backend.Backend;
import dev.touchstone.examples.gateway.definition.BackendDefinition;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Meter;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.util.Comparator;

/** The backends: how each does, and what went wrong with it. */
final class BackendsPage {

  private record Failed(String backend, Backend.Failure failure) {}

  private final GatewayData data;

  BackendsPage(GatewayData data) {
    this.data = data;
  }

  Answer show(WebRequest request) {
    return new Answer.Page(
        "Backends",
        Html.of(Panel.of("How they do", states()), Panel.of("Last failed attempts", failures())));
  }

  private Html states() {
    var definitions = data.gateway().plan().definition().backends();
    var table = new Table("The backends")
        .column("Backend")
        .column("Address", Style.ADDRESS)
        .column("Breaker", Style.NOWRAP)
        .column("Failed", Style.NUMBER)
        .column("Under way", Style.NOWRAP)
        .column("Rest", Style.WIDE)
        .column("Attempts", Style.WIDE);
    for (var state : data.gateway().backends()) {
      var definition = definitions.get(state.name());
      table.row(
          tag("span", state.name()).styled("code"),
          tag("span", state.url()).styled("code"),
          breaker(state),
          Html.text(Math.round(state.failureRate()) + " %"),
          Html.of(
              Meter.of("Under way", state.running(), state.concurrency()),
              Html.text(" " + Quantities.count(state.running()) + " of "
                  + Quantities.count(state.concurrency()))),
          Html.text(definition == null ? Terms.NOTHING : rest(definition.breaker())),
          Html.text(definition == null ? Terms.NOTHING : attempts(definition)));
    }
    return table.orElse("None.");
  }

  /** Returns whether calls are made. */
  static Html breaker(Backend.State state) {
    var mood = switch (state.breaker()) {
      case "closed" -> "good";
      case "half-open" -> "warn";
      default -> "bad";
    };
    return tag("span", state.breaker()).styled("state " + mood);
  }

  private static String rest(BackendDefinition.Breaker breaker) {
    return "%s if %d %% of %d fail"
        .formatted(Quantities.time(breaker.rest()), breaker.failures(), breaker.of());
  }

  private static String attempts(BackendDefinition definition) {
    return "%d of %s".formatted(definition.attempts(), Quantities.time(definition.timeout()));
  }

  private Html failures() {
    var table = new Table("The last failed attempts, the newest first")
        .column("When", Style.NOWRAP)
        .column("Backend")
        .column("What went wrong", Style.ADDRESS);
    data.gateway().backends().stream()
        .flatMap(
            state -> state.failures().stream().map(failure -> new Failed(state.name(), failure)))
        .sorted(Comparator.comparing((Failed failed) -> failed.failure().at()).reversed())
        .forEach(failed -> table.row(
            Terms.when(failed.failure().at()),
            tag("span", failed.backend()).styled("code"),
            Html.text(failed.failure().message())));
    return table.orElse("None since the start.");
  }
}

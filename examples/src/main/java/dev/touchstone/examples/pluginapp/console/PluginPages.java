package dev.touchstone.examples.pluginapp.console;

import static dev.touchstone.examples.web.Html.tag;
import static java.util.stream.Collectors.joining;

import dev.touchstone.examples.pluginapp.Contribution;
import dev.touchstone.examples.pluginapp.Problems;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.WorkbenchException;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import dev.touchstone.patterns.plugin.PluginState;
import dev.touchstone.patterns.plugin.PluginStatus;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;

/** The plugins, and what can be done to them. */
final class PluginPages {

  private final Workbench workbench;
  private final Notices notices;

  PluginPages(Workbench workbench, Notices notices) {
    this.workbench = workbench;
    this.notices = notices;
  }

  Answer list(WebRequest request) {
    return new Answer.Page(
        "Plugins",
        Html.of(
            notices.html(),
            Panel.of("Plugins", plugins(request)),
            Panel.of("Stopped", stopped(request)),
            Panel.of("Replace a plugin by another version", replacing(request))));
  }

  private Html plugins(WebRequest request) {
    var table = new Table("The plugins")
        .column("Plugin", Style.NOWRAP)
        .column("Version", Style.NOWRAP)
        .column("State")
        .column("Offers", Style.WIDE)
        .column("Action");
    for (var status : workbench.host().plugins()) {
      var plugin = status.plugin();
      table.row(
          tag("span", plugin.id()).styled("code"),
          Html.text(plugin.version().toString()),
          state(status.state()),
          Html.text(offers(status)),
          status.state() instanceof PluginState.Active
              ? action(request, "/plugins/stop", plugin.id(), "Stop")
              : Html.none());
    }
    return table.orElse("There are none.");
  }

  private static Html state(PluginState state) {
    var mood = switch (state) {
      case PluginState.Active active -> "state good";
      case PluginState.Rejected rejected -> "state bad";
      case PluginState.Failed failed -> "state bad";
      default -> "state muted";
    };
    return mood.endsWith("bad")
        ? tag("span", Problems.describe(state)).styled("bad")
        : tag("span", Problems.word(state)).styled(mood);
  }

  private String offers(PluginStatus status) {
    return workbench.contributions().stream()
        .filter(offer -> offer.plugin().equals(status.plugin()))
        .map(Contribution::toString)
        .collect(joining(", "));
  }

  private static Html action(WebRequest request, String path, String id, String label) {
    return request
        .form(path)
        .add(tag("input").with("type", "hidden").with("name", "id").with("value", id))
        .add(tag("button", label).with("aria-label", label + " " + id));
  }

  private Html stopped(WebRequest request) {
    var table =
        new Table("The plugins that are kept from starting").column("Plugin").column("Action");
    for (var id : workbench.home().stopped()) {
      table.row(tag("span", id).styled("code"), action(request, "/plugins/start", id, "Start"));
    }
    return table.orElse("None is kept from starting.");
  }

  private static Html replacing(WebRequest request) {
    return Html.of(
        request
            .form("/plugins/replace")
            .add(tag("input")
                .styled("path")
                .with("name", "jar")
                .with("placeholder", "/path/to/plugin.jar")
                .with("aria-label", "The jar of the other version, on this machine")
                .with("required"))
            .add(" ")
            .add(tag("button", "Replace")),
        tag(
                "p",
                "Runs finish their batch with the old version and go on with the new one. The jar "
                    + "must be trusted: 'touchstone plugins install --trust' puts it on the list.")
            .styled("muted"));
  }

  Answer start(WebRequest request) {
    return act(request, "id", id -> {
      var report = workbench.start(id);
      return report.entries().stream().map(Problems::describe).collect(joining("; "));
    });
  }

  Answer stop(WebRequest request) {
    return act(request, "id", id -> {
      var report = workbench.stop(id);
      return report.entries().stream().map(Problems::describe).collect(joining("; "));
    });
  }

  Answer replace(WebRequest request) {
    return act(request, "jar", jar -> Problems.describe(workbench.replace(Path.of(jar))));
  }

  private Answer act(WebRequest request, String field, Function<String, String> action) {
    var value = request.field(field);
    if (value.isEmpty()) {
      return new Answer.Problem(400, "the field '" + field + "' is missing");
    }
    try {
      notices.add(action.apply(value.get()));
    } catch (WorkbenchException | UncheckedIOException e) {
      notices.add(String.valueOf(e.getMessage()));
    }
    return new Answer.SeeOther("/");
  }
}

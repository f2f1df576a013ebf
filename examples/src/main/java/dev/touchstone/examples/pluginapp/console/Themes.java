package dev.touchstone.examples.pluginapp.console;

import static dev.touchstone.examples.web.Html.tag;
import static java.util.stream.Collectors.joining;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.api.Theme;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.WebRequest;
import dev.touchstone.patterns.plugin.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The colours of the console, which plugins may add. Safe for use by several threads. */
final class Themes {

  private static final String USUAL = "usual";

  private final Workbench workbench;
  private volatile String chosen = USUAL;

  Themes(Workbench workbench) {
    this.workbench = workbench;
  }

  /** Answers the colours of the chosen theme; none if its plugin has gone. */
  Answer css(WebRequest request) {
    var css = find(chosen).map(theme -> theme.use(Themes::css)).orElse("/* the usual ones */\n");
    return new Answer.Text("text/css; charset=utf-8", css);
  }

  private Optional<Extension<Theme>> find(String name) {
    return workbench.themes().first(theme -> theme.name().equals(name));
  }

  private static String css(Theme theme) {
    return theme.colours().entrySet().stream()
        .map(entry -> "  --%s: light-dark(%s, %s);\n"
            .formatted(
                entry.getKey().name().toLowerCase(Locale.ROOT),
                entry.getValue().light(),
                entry.getValue().dark()))
        .sorted()
        .collect(joining("", ":root {\n", "}\n"));
  }

  Answer choose(WebRequest request) {
    chosen = request.field("theme").orElse(USUAL);
    return new Answer.SeeOther("/offers");
  }

  Html chooser(WebRequest request) {
    var names = new ArrayList<>(List.of(USUAL));
    workbench.themes().forEach(theme -> names.add(theme.name()));
    var select = tag("select").with("name", "theme").with("aria-label", "Theme");
    for (var name : names) {
      var option = tag("option", name).with("value", name);
      select.add(name.equals(chosen) ? option.with("selected") : option);
    }
    return request.form("/themes/choose").add(select).add(" ").add(tag("button", "Choose"));
  }
}

package dev.touchstone.examples.pluginapp.console;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RecipeChecks;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The recipes of a folder. */
final class RecipePages {

  private final Workbench workbench;
  private final Path folder;
  private final Notices notices;

  RecipePages(Workbench workbench, Path folder, Notices notices) {
    this.workbench = workbench;
    this.folder = folder;
    this.notices = notices;
  }

  Answer list(WebRequest request) {
    var table =
        new Table("The recipes").column("File", Style.NOWRAP).column("Recipe").column("Action");
    var checks = new RecipeChecks(workbench.toolbox());
    for (var file : files()) {
      var name = String.valueOf(file.getFileName());
      var label = tag("span", name).styled("code");
      try {
        var recipe = Recipe.read(file);
        var objection = checks.objection(recipe);
        table.row(
            label,
            Html.of(
                Html.text(recipe.name()), objection.map(RecipePages::problem).orElse(Html.none())),
            objection.isEmpty() ? runButton(request, name) : Html.none());
      } catch (YamlException | IOException e) {
        table.row(label, problem(String.valueOf(e.getMessage())), Html.none());
      }
    }
    return new Answer.Page(
        "Recipes",
        Html.of(
            notices.html(),
            Panel.of(folder.toString(), table.orElse("No file here ends in .yaml."))));
  }

  private static Html problem(String text) {
    return tag("p", text).styled("code bad");
  }

  private static Html runButton(WebRequest request, String name) {
    return request
        .form("/recipes/run")
        .add(tag("input").with("type", "hidden").with("name", "file").with("value", name))
        .add(tag("button", "Run").with("aria-label", "Run " + name));
  }

  private List<Path> files() {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  Answer run(WebRequest request) {
    var name = request.field("file").orElse("");
    Optional<Path> file = files().stream()
        .filter(each -> String.valueOf(each.getFileName()).equals(name))
        .findFirst();
    if (file.isEmpty()) {
      return Answer.notFound("there is no recipe '" + name + "' in " + folder);
    }
    try {
      var recipe = Recipe.read(file.get());
      var objection = new RecipeChecks(workbench.toolbox()).objection(recipe);
      if (objection.isPresent()) {
        notices.add(objection.get());
        return new Answer.SeeOther("/recipes");
      }
      workbench.runs().start(recipe);
      return new Answer.SeeOther("/runs");
    } catch (YamlException | IOException e) {
      notices.add(String.valueOf(e.getMessage()));
      return new Answer.SeeOther("/recipes");
    }
  }
}

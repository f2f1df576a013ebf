package dev.touchstone.examples.pluginapp.recipe;

import dev.touchstone.examples.pluginapp.api.Part;
import dev.touchstone.examples.yaml.YamlException;
import dev.touchstone.examples.yaml.YamlNode;
import dev.touchstone.patterns.chain.Chain;
import dev.touchstone.patterns.plugin.Extension;
import java.nio.file.Path;
import java.util.Optional;

/** Says what is wrong with a recipe before it is run: the first of several checks that objects. */
public final class RecipeChecks {

  private final Chain<Recipe, String> checks;

  /** Creates the checks against what plugins offer at the time of a check. */
  public RecipeChecks(Toolbox toolbox) {
    checks = Chain.<Recipe, String>create()
        .then(
            "source",
            recipe -> objection(() -> check(recipe, recipe.source(), toolbox.source(recipe))))
        .then(
            "transforms",
            recipe -> objection(() ->
                recipe.transforms().forEach(step -> check(recipe, step, toolbox.transforms()))))
        .then("sink", recipe -> objection(() -> check(recipe, recipe.sink(), toolbox.sinks())))
        .then("not over itself", RecipeChecks::overItself);
  }

  /** Returns the first objection; empty if the recipe can be run. */
  public Optional<String> objection(Recipe recipe) {
    return checks.answer(recipe);
  }

  private static Optional<String> objection(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (YamlException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static <T extends Part> void check(Recipe recipe, Recipe.Step step, Parts<T> parts) {
    check(recipe, step, parts.require(step.part().orElseThrow(), step.whole()));
  }

  private static <T extends Part> void check(
      Recipe recipe, Recipe.Step step, Extension<T> extension) {
    try {
      extension.use(part -> {
        var options = part.options();
        if (step.options().isMapping()) {
          step.options().mapping(options.toArray(String[]::new));
        } else if (!options.contains("file")) {
          throw step.options().expected("a mapping with " + String.join(", ", options));
        }
        part.check(recipe.assignment(step));
        return true;
      });
    } catch (YamlException objection) {
      throw objection;
    } catch (RuntimeException | LinkageError e) { // of a plugin, which says nothing of the others
      throw step.whole().failure("the check of its plugin failed: " + e);
    }
  }

  /** A sink empties its file before the first row is read. */
  private static Optional<String> overItself(Recipe recipe) {
    var target = file(recipe, recipe.sink());
    return recipe.steps().stream()
        .filter(step -> !step.equals(recipe.sink()))
        .flatMap(step -> file(recipe, step).stream())
        .filter(file -> target.filter(file::equals).isPresent())
        .findFirst()
        .map(file -> recipe
            .sink()
            .whole()
            .failure("the recipe reads " + file + ", so it cannot write it; name another file"))
        .map(failure -> String.valueOf(failure.getMessage()));
  }

  private static Optional<Path> file(Recipe recipe, Recipe.Step step) {
    var file = step.options().isMapping()
        ? step.options().anyMapping().find("file")
        : Optional.of(step.options());
    return file.map(YamlNode::text).map(recipe.folder()::resolve).map(Path::normalize);
  }
}

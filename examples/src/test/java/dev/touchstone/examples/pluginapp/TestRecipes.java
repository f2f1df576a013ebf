package dev.touchstone.examples.pluginapp;

import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RecipeRun;
import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests of recipes write again and again. */
final class TestRecipes {

  private TestRecipes() {}

  /** Returns a run, which has not begun, of a recipe in a folder. */
  static RecipeRun prepare(Workbench workbench, Path folder, String yaml) {
    return workbench.runs().prepare(Recipe.parse(folder.resolve("test.yaml"), yaml));
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a plugin with the transform {@code stamp}, which puts its version into a field. */
  static PluginJar stamp(String version) {
    return PluginJar.of("stamp", version)
        .source("stamp.Stamp", """
            package stamp;
            import dev.touchstone.examples.pluginapp.api.*;
            import java.util.List;
            public class Stamp implements Transform {
              public String name() { return "stamp"; }
              public String about() { return "puts its version into a field"; }
              public List<String> options() { return List.of("field"); }
              public RowStep open(Assignment assignment) {
                var field = assignment.require("field").text();
                return row -> List.of(row.with(field, "%s"));
              }
            }
            """.formatted(version))
        .extension("dev.touchstone.examples.pluginapp.api.Transform", "stamp.Stamp");
  }
}

package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads recipes for commands. */
final class RecipeFile {

  private RecipeFile() {}

  /**
   * Reads a recipe.
   *
   * @throws CommandFailedException if the file cannot be read, or is not as it must be
   */
  static Recipe read(Path file) {
    try {
      return Recipe.read(file);
    } catch (YamlException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}

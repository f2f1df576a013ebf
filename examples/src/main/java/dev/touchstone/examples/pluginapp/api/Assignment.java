package dev.touchstone.examples.pluginapp.api;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a part of a recipe is asked to do. Immutable.
 *
 * @param options what stands behind its name in the recipe: a mapping, or the name of a file
 * @param folder what relative names of files start from
 * @param bookmark where the version before stood when it was replaced; empty at the start of a run
 */
public record Assignment(YamlNode options, Path folder, Optional<String> bookmark) {

  /** Checks for nulls. */
  public Assignment {
    requireNonNull(options, "options");
    requireNonNull(folder, "folder");
    requireNonNull(bookmark, "bookmark");
  }

  /** Returns an option; empty if it is not given. */
  public Optional<YamlNode> find(String name) {
    return options.isMapping() ? options.anyMapping().find(name) : Optional.empty();
  }

  /**
   * Returns an option.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if it is not given
   */
  public YamlNode require(String name) {
    return options.anyMapping().require(name);
  }

  /**
   * Returns the option {@code file}, or the file that is given in the place of all options.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if there is neither
   */
  public Path file() {
    return folder.resolve((options.isMapping() ? require("file") : options).text());
  }

  /** Returns the same at another place. */
  public Assignment at(String place) {
    return new Assignment(options, folder, Optional.of(place));
  }
}

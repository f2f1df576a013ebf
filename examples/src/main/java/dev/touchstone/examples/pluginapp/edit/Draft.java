package dev.touchstone.examples.pluginapp.edit;

import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recipe that is being written, which may be incomplete. Changed by {@link RecipeEdit edits}. Not for
 * several threads.
 */
final class Draft {

  private String name;
  private final int batch;
  private @Nullable DraftStep source;
  private final List<DraftStep> transforms = new ArrayList<>();
  private @Nullable DraftStep sink;

  private Draft(String name, int batch) {
    this.name = name;
    this.batch = batch;
  }

  static Draft empty(String name) {
    return new Draft(name, 0);
  }

  /**
   * Reads a draft from the text of a recipe.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if it is none
   */
  static Draft parse(Path file, String yaml) {
    if (yaml.isBlank()) {
      return empty(String.valueOf(file.getFileName()));
    }
    var recipe = Recipe.parse(file, yaml);
    var draft = new Draft(recipe.name(), recipe.batch());
    draft.source = step(recipe.source());
    recipe.transforms().forEach(step -> draft.transforms.add(step(step)));
    draft.sink = step(recipe.sink());
    return draft;
  }

  private static DraftStep step(Recipe.Step step) {
    var options = new LinkedHashMap<String, String>();
    if (step.options().isMapping()) {
      step.options()
          .anyMapping()
          .values()
          .forEach((name, value) -> options.put(name, value.flow()));
    } else {
      options.put("file", step.options().flow());
    }
    return new DraftStep(step.part().orElse(""), options);
  }

  Draft copy() {
    var copy = new Draft(name, batch);
    copy.source = source;
    copy.transforms.addAll(transforms);
    copy.sink = sink;
    return copy;
  }

  String name() {
    return name;
  }

  void rename(String newName) {
    name = newName;
  }

  /** Returns the transforms, to be changed. */
  List<DraftStep> transforms() {
    return transforms;
  }

  Optional<DraftStep> at(Place place) {
    return switch (place) {
      case Place.OfSource ofSource -> Optional.ofNullable(source);
      case Place.OfSink ofSink -> Optional.ofNullable(sink);
      case Place.OfTransform(var index) ->
        index < transforms.size() ? Optional.of(transforms.get(index)) : Optional.empty();
    };
  }

  void put(Place place, Optional<DraftStep> step) {
    switch (place) {
      case Place.OfSource ofSource -> source = step.orElse(null);
      case Place.OfSink ofSink -> sink = step.orElse(null);
      case Place.OfTransform(var index) -> transforms.set(index, step.orElseThrow());
    }
  }

  /** Returns whether it has all that a recipe must have. */
  boolean isComplete() {
    return source != null && sink != null;
  }

  /** Returns the recipe as far as it is written. */
  String toYaml() {
    var yaml = new StringBuilder("recipe: " + YamlNode.quoted(name) + "\n");
    if (batch > 0) {
      yaml.append("batch: ").append(batch).append('\n');
    }
    if (source != null) {
      yaml.append("source: ")
          .append(source.part().isEmpty() ? source.options().get("file") : source.toYaml())
          .append('\n');
    }
    if (!transforms.isEmpty()) {
      yaml.append("transforms:\n");
      transforms.forEach(step -> yaml.append("  - ").append(step.toYaml()).append('\n'));
    }
    if (sink != null) {
      yaml.append("sink: ").append(sink.toYaml()).append('\n');
    }
    return yaml.toString();
  }
}

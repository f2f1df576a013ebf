package dev.touchstone.examples.pluginapp.recipe;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.yaml.YamlFile;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is done to which rows, as a file says:
 *
 * <pre>{@code
 * recipe: dear minerals
 * source: minerals.csv                 # whoever reads such files, or {csv: minerals.csv}
 * transforms:
 *   - filter: {field: price, above: 100}
 * sink: {report: minerals.html}
 * }</pre>
 *
 * <p>Immutable. Whether there are such parts is not known here; see {@link RecipeChecks}.
 *
 * @param name what it is called; the name of the file by default
 * @param folder the folder of the file, which relative names start from
 * @param batch how many rows are read at a time, 500 by default
 * @param source where rows come from
 * @param transforms what is done to them, in order
 * @param sink where they go
 */
public record Recipe(
    String name, Path folder, int batch, Step source, List<Step> transforms, Step sink) {

  /**
   * One line of a recipe.
   *
   * @param part the name of the part; empty for a source that is to be chosen by its file
   * @param options what stands behind it
   * @param whole where it stands
   */
  public record Step(Optional<String> part, YamlNode options, YamlNode whole) {

    /** Checks for nulls. */
    public Step {
      requireNonNull(part, "part");
      requireNonNull(options, "options");
      requireNonNull(whole, "whole");
    }
  }

  private static final int DEFAULT_BATCH = 500;
  private static final int LARGEST_BATCH = 100_000;

  /** Copies the list. */
  public Recipe {
    transforms = List.copyOf(transforms);
  }

  /**
   * Reads a recipe.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   * @throws IOException if the file cannot be read
   */
  public static Recipe read(Path file) throws IOException {
    return of(YamlFile.read(file), file);
  }

  /**
   * Reads the text of a recipe.
   *
   * @param file what messages call it, and where relative names start from; need not be there
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   */
  public static Recipe parse(Path file, String yaml) {
    return of(YamlFile.parse(file.toString(), yaml), file);
  }

  private static Recipe of(YamlNode node, Path file) {
    var top = node.mapping("recipe", "batch", "source", "transforms", "sink");
    var folder = file.toAbsolutePath().getParent();
    return new Recipe(
        top.find("recipe").map(YamlNode::text).orElse(file.getFileName().toString()),
        requireNonNull(folder, "folder"),
        top.find("batch").map(batch -> batch.integer(1, LARGEST_BATCH)).orElse(DEFAULT_BATCH),
        source(top.require("source")),
        top.find("transforms").map(YamlNode::items).orElse(List.of()).stream()
            .map(Recipe::step)
            .toList(),
        step(top.require("sink")));
  }

  private static Step source(YamlNode node) {
    return node.isMapping() ? step(node) : new Step(Optional.empty(), node, node);
  }

  private static Step step(YamlNode node) {
    var entries = node.anyMapping().values();
    if (entries.size() != 1) {
      throw node.expected("one part with its options, such as {csv: rows.csv}");
    }
    Map.Entry<String, YamlNode> entry = entries.entrySet().iterator().next();
    return new Step(Optional.of(entry.getKey()), entry.getValue(), node);
  }

  /** Returns what a part is asked to do in a step of this recipe, from the start. */
  public Assignment assignment(Step step) {
    return new Assignment(step.options(), folder, Optional.empty());
  }

  /** Returns the steps in their order. */
  public List<Step> steps() {
    return Stream.of(List.of(source), transforms, List.of(sink))
        .flatMap(List::stream)
        .toList();
  }
}

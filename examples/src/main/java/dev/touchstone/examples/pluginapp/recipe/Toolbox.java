package dev.touchstone.examples.pluginapp.recipe;

import dev.touchstone.examples.pluginapp.api.Sink;
import dev.touchstone.examples.pluginapp.api.Source;
import dev.touchstone.examples.pluginapp.api.Transform;
import dev.touchstone.patterns.plugin.Extension;
import dev.touchstone.patterns.plugin.PluginHost;

/**
 * All that recipes are put together from.
 *
 * @param sources where rows can come from
 * @param transforms what can be done to them
 * @param sinks where they can go
 */
public record Toolbox(Parts<Source> sources, Parts<Transform> transforms, Parts<Sink> sinks) {

  /** Returns what the plugins of a host offer. */
  public static Toolbox of(PluginHost host) {
    return new Toolbox(
        new Parts<>(host.extensions(Source.class)),
        new Parts<>(host.extensions(Transform.class)),
        new Parts<>(host.extensions(Sink.class)));
  }

  /**
   * Returns the source of a recipe: the one that it names, or the first that reads its file.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if there is none
   */
  Extension<Source> source(Recipe recipe) {
    var step = recipe.source();
    return step.part().map(name -> sources.require(name, step.whole())).orElseGet(() -> {
      var file = recipe.assignment(step).file();
      return Readers.of(sources)
          .select(file)
          .orElseThrow(() -> step.whole()
              .failure("no source reads " + file + "; name one of "
                  + String.join(", ", sources.names()) + ", as in {csv: rows.csv}"));
    });
  }
}

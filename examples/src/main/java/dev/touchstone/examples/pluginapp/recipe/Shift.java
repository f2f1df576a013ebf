package dev.touchstone.examples.pluginapp.recipe;

import java.util.List;

/**
 * An entry of the log of a run: batches that the same versions worked on.
 *
 * @param plugins the plugins with their versions, from the source to the sink, each once
 * @param batches how many batches
 */
public record Shift(List<String> plugins, int batches) {

  /** Copies the list. */
  public Shift {
    plugins = List.copyOf(plugins);
  }
}

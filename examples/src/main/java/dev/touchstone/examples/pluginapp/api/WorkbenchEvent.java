package dev.touchstone.examples.pluginapp.api;

import java.util.List;

/** What happens in the workbench, told to {@link RunWatcher watchers} as it happens. */
public sealed interface WorkbenchEvent {

  /**
   * A run of a recipe began.
   *
   * @param run the number of the run
   * @param recipe the name of the recipe
   */
  record RunStarted(long run, String recipe) implements WorkbenchEvent {}

  /**
   * A batch has gone through.
   *
   * @param run the number of the run
   * @param batch the number of the batch, from 1
   * @param read how many rows were read for it
   * @param written how many rows the run has written so far; the sink may hold some back
   * @param plugins the plugins that worked on it with their versions, as {@code csv 1.0.0}
   */
  record BatchDone(long run, int batch, int read, long written, List<String> plugins)
      implements WorkbenchEvent {

    /** Copies the list. */
    public BatchDone {
      plugins = List.copyOf(plugins);
    }
  }

  /**
   * A run has ended.
   *
   * @param run the number of the run
   * @param outcome what became of it, as {@code finished}
   * @param detail why it failed; blank if it did not
   */
  record RunEnded(long run, String outcome, String detail) implements WorkbenchEvent {}

  /**
   * A plugin says something to the others.
   *
   * @param plugin its id
   * @param text what it says
   */
  record Said(String plugin, String text) implements WorkbenchEvent {}
}

package dev.touchstone.examples.pluginapp.api;

/** An extension point: hears what happens in the workbench. */
@FunctionalInterface
public interface RunWatcher {

  /**
   * Takes notice of an event, on the thread that it happens on: a run waits meanwhile. What this throws
   * is logged.
   */
  void heard(WorkbenchEvent event);
}

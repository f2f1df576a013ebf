package dev.touchstone.benchmarks.plugin;

import org.pf4j.Plugin;

/** A plugin of theirs that does nothing. */
public final class Pf4jPlugin extends Plugin {

  /** Creates the plugin. */
  public Pf4jPlugin() {}
}

package dev.touchstone.patterns.plugin;

import java.util.List;

/** What became of an attempt to replace a plugin. */
public sealed interface ReplaceReport {

  /**
   * The new version is at work.
   *
   * @param started the new plugin and those that were started anew because they require it
   * @param unloaded what became of the old ones
   */
  record Replaced(List<PluginDescriptor> started, UnloadReport unloaded) implements ReplaceReport {
    /** Creates the report. */
    public Replaced {
      started = List.copyOf(started);
    }
  }

  /**
   * The old version is at work as before.
   *
   * @param plugin the one of the new plugins that was the cause
   * @param state what is wrong with it: {@code Rejected} or {@code Failed}
   * @param problems what failed or did not end in time on the way back
   */
  record Kept(String plugin, PluginState state, List<PluginFailure> problems)
      implements ReplaceReport {
    /** Creates the report. */
    public Kept {
      problems = List.copyOf(problems);
    }
  }
}

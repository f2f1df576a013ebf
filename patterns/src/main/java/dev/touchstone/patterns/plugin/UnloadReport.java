package dev.touchstone.patterns.plugin;

import java.util.List;

/**
 * What became of the plugins that were unloaded.
 *
 * @param entries one for each, in the order in which they were stopped
 */
public record UnloadReport(List<Entry> entries) {

  /**
   * One plugin.
   *
   * @param plugin what it says about itself
   * @param problems what failed or did not end in time; the unloading went on
   * @param reclamation whether its memory came free
   */
  public record Entry(
      PluginDescriptor plugin, List<PluginFailure> problems, Reclamation reclamation) {
    /** Creates an entry. */
    public Entry {
      problems = List.copyOf(problems);
    }
  }

  /** Creates a report. */
  public UnloadReport {
    entries = List.copyOf(entries);
  }

  /** Returns whether nothing failed and no plugin is known to be still in memory. */
  public boolean isClean() {
    return entries.stream()
        .allMatch(entry ->
            entry.problems().isEmpty() && !(entry.reclamation() instanceof Reclamation.Leaked));
  }
}

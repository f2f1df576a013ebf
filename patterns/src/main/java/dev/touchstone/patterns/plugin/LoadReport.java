package dev.touchstone.patterns.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of each jar. Nothing that was wrong is left out, and nothing is thrown instead.
 *
 * @param entries one for each jar that was looked at: first those that were not let in, in the order
 *     of the files, then the others in the order of their start
 */
public record LoadReport(List<Entry> entries) {

  /**
   * One jar.
   *
   * @param jar the file
   * @param plugin what it says about itself, if that could be read
   * @param state what became of it: {@code Active}, {@code Rejected} or {@code Failed}
   */
  public record Entry(Path jar, Optional<PluginDescriptor> plugin, PluginState state) {}

  /** Creates a report. */
  public LoadReport {
    entries = List.copyOf(entries);
  }

  /** Returns the plugins that were started, in the order of their start. */
  public List<PluginDescriptor> active() {
    return entries.stream()
        .filter(entry -> entry.state() instanceof PluginState.Active)
        .flatMap(entry -> entry.plugin().stream())
        .toList();
  }

  /** Returns the entries of the jars that were rejected or failed. */
  public List<Entry> problems() {
    return entries.stream()
        .filter(entry -> !(entry.state() instanceof PluginState.Active))
        .toList();
  }

  /** Returns what became of a plugin; of its highest version, if there are several jars. */
  public Optional<PluginState> stateOf(String id) {
    return entries.stream()
        .filter(entry -> entry.plugin().filter(plugin -> plugin.id().equals(id)).isPresent())
        .max((left, right) -> left.plugin()
            .orElseThrow()
            .version()
            .compareTo(right.plugin().orElseThrow().version()))
        .map(Entry::state);
  }
}

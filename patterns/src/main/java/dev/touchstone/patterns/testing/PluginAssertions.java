package dev.touchstone.patterns.testing;

import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.Reclamation;
import dev.touchstone.patterns.plugin.UnloadReport;
import java.nio.file.Path;
import java.util.List;

/** What tests of plugins want to be sure of. */
public final class PluginAssertions {

  private PluginAssertions() {}

  /**
   * Loads plugins into a host, unloads them, and demands that this leaves nothing behind.
   *
   * @param host one that watches memory, see {@link PluginHost.Builder#reclaimTimeout}
   * @param jars the plugin and those that it requires
   * @throws AssertionError if one does not start, fails to stop, or stays in memory; the message says
   *     which, and what is suspected
   */
  public static void assertUnloads(PluginHost host, Path... jars) {
    var loaded = host.load(List.of(jars));
    if (!loaded.problems().isEmpty()) {
      throw new AssertionError("the plugins must start, but: " + loaded.problems());
    }
    for (var plugin : loaded.active().reversed()) {
      assertReclaimed(host.unload(plugin.id()));
    }
  }

  /**
   * Demands that plugins were stopped without a problem and are no longer in memory.
   *
   * @throws AssertionError if not
   */
  public static void assertReclaimed(UnloadReport report) {
    for (var entry : report.entries()) {
      if (!entry.problems().isEmpty() || !(entry.reclamation() instanceof Reclamation.Reclaimed)) {
        throw new AssertionError(
            "the plugin " + entry.plugin() + " must go without leaving anything," + " but: "
                + entry.reclamation() + ", problems: " + entry.problems());
      }
    }
  }
}

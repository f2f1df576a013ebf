package dev.touchstone.patterns.plugin;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Finds the plugins that could be started, one after the other, if versions did not exclude others. */
final class Grounding {

  private Grounding() {}

  /**
   * Returns the candidates of which everything required is fixed or itself grounded. What is left out
   * misses something, or requires itself through others.
   *
   * @param fixed the plugins that are active and stay, by id
   */
  static Set<PluginDescriptor> of(
      Collection<PluginDescriptor> candidates, Map<String, PluginDescriptor> fixed) {
    var grounded = new HashSet<PluginDescriptor>();
    var open = new LinkedHashSet<>(candidates);
    while (open.removeIf(candidate -> has(candidate, grounded, fixed) && grounded.add(candidate))) {
      // another round: those who wait for what was just grounded
    }
    return grounded;
  }

  private static boolean has(
      PluginDescriptor candidate,
      Set<PluginDescriptor> grounded,
      Map<String, PluginDescriptor> fixed) {
    return candidate.requires().stream()
        .filter(Dependency::isRequired)
        .allMatch(dependency -> fixed.containsKey(dependency.id())
            ? dependency.accepts(fixed.get(dependency.id()))
            : grounded.stream().anyMatch(dependency::accepts));
  }
}

package dev.touchstone.patterns.plugin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/*
 * Wanted is the greatest number of plugins, and among equals the highest versions, by id. In general
 * that is as hard as satisfiability; in practice the first attempt, the highest version of everything,
 * holds. The search goes through the ids in order and through the versions of each from the highest
 * down to "none", and allows for no loss, then one, then two: so the first answer it meets is the
 * wanted one. It works on one group of ids that know each other at a time.
 *
 * A group that is too hard gets an answer that is sound but may not be the best: the highest versions
 * only, less those that do not fit them.
 *
 * Source: the versions problem is NP-complete: R. Cox, "Version SAT", 2016; A. Di Cosmo et al., 2005.
 */
/** Chooses one version of each plugin, or none, such that everything chosen has what it requires. */
final class Choice {

  private static final int STEPS = 200_000; // tens of milliseconds, then the search is given up

  private final Map<String, PluginDescriptor> fixed;
  private final Map<String, PluginDescriptor> chosen = new TreeMap<>();
  private int stepsLeft;

  private Choice(Map<String, PluginDescriptor> fixed) {
    this.fixed = fixed;
  }

  /**
   * Chooses among candidates.
   *
   * @param candidates all grounded, see {@link Grounding}
   * @param fixed the plugins that are active and stay, by id
   */
  static Map<String, PluginDescriptor> among(
      Set<PluginDescriptor> candidates, Map<String, PluginDescriptor> fixed) {
    var choice = new Choice(fixed);
    for (var group : groups(candidates)) {
      choice.solve(group);
    }
    return choice.chosen;
  }

  private static List<SortedMap<String, List<PluginDescriptor>>> groups(
      Set<PluginDescriptor> candidates) {
    var versions = new TreeMap<String, List<PluginDescriptor>>();
    var neighbours = new HashMap<String, Set<String>>();
    for (var candidate : candidates) {
      versions.computeIfAbsent(candidate.id(), id -> new ArrayList<>()).add(candidate);
      for (var dependency : candidate.requires()) {
        neighbours.computeIfAbsent(candidate.id(), id -> new HashSet<>()).add(dependency.id());
        neighbours.computeIfAbsent(dependency.id(), id -> new HashSet<>()).add(candidate.id());
      }
    }
    versions
        .values()
        .forEach(
            list -> list.sort(Comparator.comparing(PluginDescriptor::version).reversed()));
    var groups = new ArrayList<SortedMap<String, List<PluginDescriptor>>>();
    var seen = new HashSet<String>();
    for (var start : versions.keySet()) {
      var group = new TreeMap<String, List<PluginDescriptor>>();
      var open = new ArrayDeque<>(List.of(start));
      while (!open.isEmpty()) {
        var id = open.remove();
        if (versions.containsKey(id) && seen.add(id)) {
          group.put(id, versions.get(id));
          open.addAll(neighbours.getOrDefault(id, Set.of()));
        }
      }
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    return groups;
  }

  private void solve(SortedMap<String, List<PluginDescriptor>> group) {
    stepsLeft = STEPS;
    var ids = List.copyOf(group.keySet());
    var picks = new HashMap<String, Optional<PluginDescriptor>>();
    for (int loss = 0; loss <= ids.size() && stepsLeft > 0; loss++) {
      if (search(ids, group, picks, loss)) {
        picks.forEach((id, pick) -> pick.ifPresent(plugin -> chosen.put(id, plugin)));
        return;
      }
    }
    var highest = new HashSet<PluginDescriptor>();
    group.values().forEach(versions -> highest.add(versions.getFirst()));
    Grounding.of(highest, fixed).forEach(plugin -> chosen.put(plugin.id(), plugin));
  }

  /** Picks for the ids that have no pick yet; leaves the picks as they were if there is no answer. */
  private boolean search(
      List<String> ids,
      Map<String, List<PluginDescriptor>> versions,
      Map<String, Optional<PluginDescriptor>> picks,
      int loss) {
    if (picks.size() == ids.size()) {
      return isFreeOfCircles(picks);
    }
    if (--stepsLeft <= 0) {
      return false;
    }
    var id = ids.get(picks.size());
    for (var plugin : versions.getOrDefault(id, List.of())) {
      picks.put(id, Optional.of(plugin));
      if (fits(plugin, picks) && search(ids, versions, picks, loss)) {
        return true;
      }
      picks.remove(id);
    }
    if (loss > 0) {
      picks.put(id, Optional.empty());
      if (nobodyRequires(id, picks) && search(ids, versions, picks, loss - 1)) {
        return true;
      }
      picks.remove(id);
    }
    return false;
  }

  private boolean fits(PluginDescriptor plugin, Map<String, Optional<PluginDescriptor>> picks) {
    for (var dependency : plugin.requires()) {
      var pick = picks.get(dependency.id());
      if (dependency.isRequired()
          && pick != null
          && pick.filter(dependency::accepts).isEmpty()) {
        return false;
      }
    }
    return picks.values().stream()
        .flatMap(Optional::stream)
        .flatMap(other -> other.requires().stream())
        .filter(dependency -> dependency.isRequired() && dependency.id().equals(plugin.id()))
        .allMatch(dependency -> dependency.accepts(plugin));
  }

  private static boolean nobodyRequires(String id, Map<String, Optional<PluginDescriptor>> picks) {
    return picks.values().stream()
        .flatMap(Optional::stream)
        .flatMap(other -> other.requires().stream())
        .noneMatch(dependency -> dependency.isRequired() && dependency.id().equals(id));
  }

  private boolean isFreeOfCircles(Map<String, Optional<PluginDescriptor>> picks) {
    var all = new HashSet<PluginDescriptor>();
    picks.values().forEach(pick -> pick.ifPresent(all::add));
    return Grounding.of(all, fixed).size() == all.size();
  }
}

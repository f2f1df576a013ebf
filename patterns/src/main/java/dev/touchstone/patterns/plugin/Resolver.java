package dev.touchstone.patterns.plugin;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out which plugins can be started, in which order, and why the others cannot. */
final class Resolver {

  private final Collection<PluginDescriptor> candidates;
  private final Map<String, PluginDescriptor> active;
  private final @Nullable Version host;
  private final Map<PluginDescriptor, Reason> rejected = new LinkedHashMap<>();

  private Resolver(
      Collection<PluginDescriptor> candidates,
      Map<String, PluginDescriptor> active,
      @Nullable Version host) {
    this.candidates = candidates;
    this.active = active;
    this.host = host;
  }

  /**
   * Resolves candidates, no two of which have the same id and version.
   *
   * @param active the plugins that are active and stay, by id
   * @param host the version of the application; if null, no plugin is refused for it
   */
  static Resolution resolve(
      Collection<PluginDescriptor> candidates,
      Map<String, PluginDescriptor> active,
      @Nullable Version host) {
    return new Resolver(candidates, active, host).resolve();
  }

  private Resolution resolve() {
    var admitted = new LinkedHashSet<PluginDescriptor>();
    for (var candidate : candidates) {
      var present = active.get(candidate.id());
      if (host != null && !candidate.host().contains(host)) {
        reject(
            candidate,
            Reason.Kind.HOST_VERSION,
            "it runs in applications of version " + candidate.host() + "; this one is " + host);
      } else if (present != null) {
        reject(
            candidate,
            Reason.Kind.SUPERSEDED,
            "version " + present.version() + " is active; replace it to change the version");
      } else {
        admitted.add(candidate);
      }
    }
    var grounded = Grounding.of(admitted, active);
    var chosen = Choice.among(grounded, active);
    var explanation = new Explanation(admitted, grounded, active, chosen);
    for (var candidate : admitted) {
      if (!candidate.equals(chosen.get(candidate.id()))) {
        rejected.put(candidate, explanation.of(candidate));
      }
    }
    return inOrder(chosen);
  }

  private void reject(PluginDescriptor candidate, Reason.Kind kind, String message) {
    rejected.put(candidate, new Reason(kind, message));
  }

  private Resolution inOrder(Map<String, PluginDescriptor> chosen) {
    var bindings = bindings(chosen);
    var waiting = new TreeMap<String, Set<String>>();
    bindings.forEach((plugin, needed) -> {
      var ids = new HashSet<String>();
      needed.stream().map(PluginDescriptor::id).filter(chosen::containsKey).forEach(ids::add);
      waiting.put(plugin.id(), ids);
    });
    var order = new ArrayList<PluginDescriptor>();
    var ready = new PriorityQueue<String>();
    moveReady(waiting, ready);
    while (!ready.isEmpty()) {
      var id = ready.remove();
      order.add(chosen.get(id));
      waiting.values().forEach(needed -> needed.remove(id));
      moveReady(waiting, ready);
    }
    return new Resolution(List.copyOf(order), bindings, rejected);
  }

  private static void moveReady(Map<String, Set<String>> waiting, Collection<String> ready) {
    waiting.entrySet().removeIf(entry -> entry.getValue().isEmpty() && ready.add(entry.getKey()));
  }

  /** Drops an optional dependency that is not there, and one that would close a circle. */
  private Map<PluginDescriptor, List<PluginDescriptor>> bindings(
      Map<String, PluginDescriptor> chosen) {
    var edges = new HashMap<String, Set<String>>();
    chosen.values().forEach(plugin -> edges.put(plugin.id(), ids(plugin, Dependency::isRequired)));
    for (var plugin : chosen.values()) {
      for (var id : ids(plugin, dependency -> !dependency.isRequired())) {
        if (!reaches(id, plugin.id(), edges, new HashSet<>())) {
          Objects.requireNonNull(edges.get(plugin.id())).add(id);
        }
      }
    }
    var bindings = new LinkedHashMap<PluginDescriptor, List<PluginDescriptor>>();
    for (var plugin : chosen.values()) {
      bindings.put(
          plugin,
          plugin.requires().stream()
              .filter(dependency ->
                  Objects.requireNonNull(edges.get(plugin.id())).contains(dependency.id()))
              .flatMap(dependency -> target(dependency, chosen).stream())
              .toList());
    }
    return bindings;
  }

  private static Set<String> ids(PluginDescriptor plugin, Predicate<Dependency> which) {
    var ids = new LinkedHashSet<String>();
    plugin.requires().stream().filter(which).map(Dependency::id).forEach(ids::add);
    return ids;
  }

  private List<PluginDescriptor> target(
      Dependency dependency, Map<String, PluginDescriptor> chosen) {
    return Stream.of(chosen, active)
        .map(plugins -> plugins.get(dependency.id()))
        .filter(plugin -> plugin != null && dependency.accepts(plugin))
        .toList();
  }

  private static boolean reaches(
      String from, String to, Map<String, Set<String>> edges, Set<String> seen) {
    return from.equals(to)
        || (seen.add(from)
            && edges.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> reaches(next, to, edges, seen)));
  }

  static String list(Collection<PluginDescriptor> plugins) {
    return plugins.stream().map(PluginDescriptor::toString).sorted().collect(joining(", "));
  }
}

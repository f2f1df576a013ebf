package dev.touchstone.patterns.plugin;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Says why a plugin was not chosen, with the chain of demands that leads there. */
final class Explanation {

  private final Set<PluginDescriptor> admitted;
  private final Set<PluginDescriptor> grounded;
  private final Map<String, PluginDescriptor> active;
  private final Map<String, PluginDescriptor> chosen;

  Explanation(
      Set<PluginDescriptor> admitted,
      Set<PluginDescriptor> grounded,
      Map<String, PluginDescriptor> active,
      Map<String, PluginDescriptor> chosen) {
    this.admitted = admitted;
    this.grounded = grounded;
    this.active = active;
    this.chosen = chosen;
  }

  Reason of(PluginDescriptor plugin) {
    var preferred = chosen.get(plugin.id());
    if (preferred != null && preferred.version().compareTo(plugin.version()) > 0) {
      return new Reason(
          Reason.Kind.SUPERSEDED, "version " + preferred.version() + " was chosen instead");
    }
    return grounded.contains(plugin) ? conflict(plugin) : missing(plugin);
  }

  private Reason missing(PluginDescriptor plugin) {
    var circle = circle(plugin, plugin, new ArrayList<>(), new HashSet<>());
    if (!circle.isEmpty()) {
      return new Reason(Reason.Kind.CYCLE, "it requires itself: " + String.join(" -> ", circle));
    }
    return new Reason(
        Reason.Kind.MISSING_DEPENDENCY, unmet(plugin).map(this::unmet).collect(joining("; ")));
  }

  private Stream<Dependency> unmet(PluginDescriptor plugin) {
    return plugin.requires().stream()
        .filter(Dependency::isRequired)
        .filter(dependency -> Stream.concat(grounded.stream(), active.values().stream())
            .noneMatch(dependency::accepts));
  }

  private String unmet(Dependency dependency) {
    var known = Stream.concat(admitted.stream(), active.values().stream())
        .filter(plugin -> plugin.id().equals(dependency.id()))
        .toList();
    if (known.stream().anyMatch(dependency::accepts)) {
      return "it requires " + dependency + ", which cannot be started either";
    }
    return "it requires " + dependency
        + (known.isEmpty()
            ? "; there is no plugin " + dependency.id() + " that could be started"
            : "; there is only " + Resolver.list(known));
  }

  /** Returns the ids on a way from one plugin to another along unmet demands, or nothing. */
  private List<String> circle(
      PluginDescriptor from, PluginDescriptor to, List<String> way, Set<PluginDescriptor> seen) {
    way.add(from.id());
    for (var dependency : unmet(from).toList()) {
      for (var next : admitted.stream().filter(dependency::accepts).toList()) {
        if (next.equals(to)) {
          way.add(to.id());
          return way;
        }
        if (seen.add(next) && !circle(next, to, way, seen).isEmpty()) {
          return way;
        }
      }
    }
    way.removeLast();
    return List.of();
  }

  private Reason conflict(PluginDescriptor plugin) {
    var demands =
        Stream.concat(ownDemands(plugin), demandsOn(plugin.id(), plugin)).toList();
    return new Reason(
        Reason.Kind.CONFLICT,
        demands.isEmpty()
            ? "with it, a plugin would require itself or more plugins would be lost"
            : String.join("; ", demands));
  }

  private Stream<String> ownDemands(PluginDescriptor plugin) {
    return plugin.requires().stream()
        .filter(Dependency::isRequired)
        .filter(dependency -> !isMet(dependency))
        .map(dependency -> {
          var other = chosen.get(dependency.id());
          if (other == null) {
            return "it requires " + dependency + ", which was not chosen";
          }
          var because = demandsOn(other.id(), plugin).collect(joining(" and "));
          return "it requires " + dependency + ", but " + other + " was chosen"
              + (because.isEmpty() ? "" : ", because " + because);
        });
  }

  private boolean isMet(Dependency dependency) {
    return Stream.concat(chosen.values().stream(), active.values().stream())
        .anyMatch(dependency::accepts);
  }

  private Stream<String> demandsOn(String id, PluginDescriptor except) {
    return chosen.values().stream()
        .filter(plugin -> !plugin.id().equals(except.id()))
        .flatMap(plugin -> plugin.requires().stream()
            .filter(dependency -> dependency.isRequired() && dependency.id().equals(id))
            .map(dependency -> plugin + " requires " + dependency));
  }
}

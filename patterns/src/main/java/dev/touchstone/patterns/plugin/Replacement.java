package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Everything new is started beside everything old: the plugin, and once more those that require it,
 * because classes that they have linked are the old ones. Users see one change, from all old extensions
 * to all new ones. Until then a failure costs nothing but the new ones.
 */
/** Replaces a plugin, or keeps it. */
final class Replacement {

  private final Roster roster;
  private final JarCache cache;
  private final @Nullable Version host;
  private final List<RunningPlugin> quiet = new ArrayList<>(); // in the order of quiescing
  private final LinkedHashMap<String, RunningPlugin> started = new LinkedHashMap<>();

  Replacement(Roster roster, JarCache cache, @Nullable Version host) {
    this.roster = roster;
    this.cache = cache;
    this.host = host;
  }

  ReplaceReport replace(String id, Path file) {
    var old = roster.withDependents(roster.get(id).descriptor().id());
    CachedJar jar;
    try {
      jar = readAs(id, file);
    } catch (RejectedException e) {
      return kept(id, new PluginState.Rejected(List.of(e.reason())));
    }
    var jars = new LinkedHashMap<PluginDescriptor, CachedJar>();
    old.forEach(plugin -> jars.put(plugin.descriptor(), plugin.jar()));
    jars.remove(roster.get(id).descriptor());
    jars.put(jar.descriptor(), jar);
    var resolution = Resolver.resolve(jars.keySet(), roster.without(old), host);
    if (!resolution.rejected().isEmpty()) {
      jar.delete();
      return rejected(jar.descriptor(), resolution);
    }
    var failure = start(id, jar, old, jars, resolution);
    return failure == null ? switchOver(old) : failure;
  }

  private CachedJar readAs(String id, Path file) throws RejectedException {
    var jar = cache.add(file);
    if (!jar.descriptor().id().equals(id)) {
      jar.delete();
      throw new RejectedException(
          Reason.Kind.DESCRIPTOR,
          file + " must have the id " + id + " to replace that plugin, was "
              + jar.descriptor().id());
    }
    return jar;
  }

  private static ReplaceReport rejected(PluginDescriptor replacing, Resolution resolution) {
    var rejected = resolution.rejected();
    var culprit = rejected.containsKey(replacing)
        ? replacing
        : rejected.keySet().iterator().next();
    var reason = rejected.get(culprit);
    return kept(
        culprit.id(), new PluginState.Rejected(reason == null ? List.of() : List.of(reason)));
  }

  private static ReplaceReport kept(String plugin, PluginState state) {
    return new ReplaceReport.Kept(plugin, state, List.of());
  }

  /** Returns null if everything new was started. */
  private @Nullable ReplaceReport start(
      String id,
      CachedJar jar,
      List<RunningPlugin> old,
      Map<PluginDescriptor, CachedJar> jars,
      Resolution resolution) {
    var at = jar.descriptor();
    try {
      quiesce(old);
      for (var plugin : resolution.order()) {
        at = plugin;
        var own = plugin.id().equals(id) ? jar : copyOf(requireNonNull(jars.get(plugin), "jar"));
        startOne(own, resolution.bindings().getOrDefault(plugin, List.of()));
      }
      return null;
    } catch (StartFailure e) {
      roster.announce(at, e.state());
      return new ReplaceReport.Kept(at.id(), e.state(), goBack(jar));
    }
  }

  private void quiesce(List<RunningPlugin> old) throws StartFailure {
    for (var plugin : old.reversed()) {
      quiet.add(plugin);
      try {
        plugin.quiesce();
      } catch (PluginFailure e) {
        throw new StartFailure(PluginState.Phase.QUIESCE, e);
      }
    }
  }

  private CachedJar copyOf(CachedJar jar) throws StartFailure {
    try {
      return cache.copyOf(jar);
    } catch (IOException e) {
      throw new StartFailure(PluginState.Phase.CREATE, PluginFailure.copyOf(e));
    }
  }

  private void startOne(CachedJar jar, List<PluginDescriptor> bindings) throws StartFailure {
    roster.announce(jar.descriptor(), new PluginState.Starting());
    var plugin = roster.open(jar, bindings, id -> {
      var fresh = started.get(id);
      return fresh == null ? roster.get(id) : fresh;
    });
    started.put(jar.descriptor().id(), plugin);
    plugin.start();
  }

  private List<PluginFailure> goBack(CachedJar jar) {
    var retirement = roster.retire(new ArrayList<>(started.values()), roster::announce);
    started.clear();
    jar.delete();
    var problems = new ArrayList<>(retirement.problems());
    for (var plugin : quiet.reversed()) {
      try {
        plugin.resume();
      } catch (PluginFailure e) {
        problems.add(e);
      }
    }
    return problems;
  }

  private ReplaceReport switchOver(List<RunningPlugin> old) {
    roster.exchange(old, List.copyOf(started.values()));
    var plugins = started.values().stream().map(RunningPlugin::descriptor).toList();
    plugins.forEach(plugin -> roster.setState(plugin, new PluginState.Active()));
    quiet.clear();
    var retirement = roster.retire(new ArrayList<>(old), roster::announce);
    old.clear();
    return new ReplaceReport.Replaced(plugins, retirement.verify());
  }
}

package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads jars into a roster, and keeps the books about it. */
final class Loading {

  private final Roster roster;
  private final JarCache cache;
  private final @Nullable Version host;
  private final Map<PluginDescriptor, CachedJar> jars = new LinkedHashMap<>();
  private final List<LoadReport.Entry> entries = new ArrayList<>();

  Loading(Roster roster, JarCache cache, @Nullable Version host) {
    this.roster = roster;
    this.cache = cache;
    this.host = host;
  }

  LoadReport load(List<Path> files) {
    files.forEach(this::read);
    var resolution = Resolver.resolve(jars.keySet(), roster.without(List.of()), host);
    resolution.rejected().forEach(this::reject);
    entries.sort(Comparator.comparingInt(entry -> files.indexOf(entry.jar())));
    resolution.order().forEach(plugin -> roster.setState(plugin, new PluginState.Resolved()));
    for (var plugin : resolution.order()) {
      start(plugin, resolution.bindings().getOrDefault(plugin, List.of()));
    }
    return new LoadReport(entries);
  }

  private void read(Path file) {
    try {
      var jar = cache.add(file);
      var plugin = jar.descriptor();
      var twin = jars.keySet().stream().filter(other -> isTwin(plugin, other)).findFirst();
      if (twin.isPresent()) {
        jar.delete();
        add(
            file,
            plugin,
            new Reason(
                Reason.Kind.DUPLICATE,
                "the plugin " + plugin + " is also in " + jarOf(twin.get()).original()
                    + ", which was taken; remove one of them"));
      } else {
        jars.put(plugin, jar);
        roster.announce(plugin, new PluginState.Discovered());
      }
    } catch (RejectedException e) {
      entries.add(new LoadReport.Entry(
          file, Optional.empty(), new PluginState.Rejected(List.of(e.reason()))));
    }
  }

  private CachedJar jarOf(PluginDescriptor plugin) {
    return requireNonNull(jars.get(plugin), "jar");
  }

  private static boolean isTwin(PluginDescriptor plugin, PluginDescriptor other) {
    return other.id().equals(plugin.id()) && other.version().equals(plugin.version());
  }

  private void reject(PluginDescriptor plugin, Reason reason) {
    var jar = jarOf(plugin);
    jar.delete();
    add(jar.original(), plugin, reason);
    var state = new PluginState.Rejected(List.of(reason));
    if (reason.kind() == Reason.Kind.SUPERSEDED) { // the state of the id is that of the other
      roster.announce(plugin, state);
    } else {
      roster.setState(plugin, state);
    }
  }

  private void add(Path file, PluginDescriptor plugin, Reason reason) {
    add(file, plugin, new PluginState.Rejected(List.of(reason)));
  }

  private void add(Path file, PluginDescriptor plugin, PluginState state) {
    entries.add(new LoadReport.Entry(file, Optional.of(plugin), state));
  }

  private void start(PluginDescriptor plugin, List<PluginDescriptor> bindings) {
    var jar = jarOf(plugin);
    PluginState end;
    try {
      checkRequired(plugin);
      roster.setState(plugin, new PluginState.Starting());
      var present =
          bindings.stream().filter(binding -> roster.isActive(binding.id())).toList();
      var running = roster.open(jar, present, roster::get);
      start(running);
      roster.exchange(List.of(), List.of(running));
      end = new PluginState.Active();
    } catch (StartFailure e) {
      jar.delete();
      end = e.state();
    }
    add(jar.original(), plugin, end);
    roster.setState(plugin, end);
  }

  private void checkRequired(PluginDescriptor plugin) throws StartFailure {
    for (var dependency : plugin.requires()) {
      if (dependency.isRequired() && !roster.isActive(dependency.id())) {
        throw new StartFailure(
            PluginState.Phase.DEPENDENCY,
            PluginFailure.of("it requires " + dependency + ", which failed to start"));
      }
    }
  }

  private void start(RunningPlugin plugin) throws StartFailure {
    try {
      plugin.start();
    } catch (StartFailure e) {
      var all = new ArrayList<>(List.of(plugin));
      var problems = roster.retire(all, (descriptor, state) -> {}).problems();
      problems.forEach(e.state().cause()::addSuppressed);
      throw e;
    }
  }
}

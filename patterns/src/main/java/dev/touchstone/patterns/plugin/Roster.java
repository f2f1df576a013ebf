package dev.touchstone.patterns.plugin;

import dev.touchstone.patterns.observe.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins that are active, in the order of their start. Changed under the host's turn only. */
final class Roster {

  private static final Logger log = LoggerFactory.getLogger(Roster.class);
  private static final AtomicLong number = new AtomicLong(); // makes names of loaders unique

  private final HostApi api;
  private final Limits limits;
  private final Callbacks callbacks;
  private final ExtensionRegistry registry = new ExtensionRegistry();
  private final LinkedHashMap<String, RunningPlugin> active = new LinkedHashMap<>();
  private final ConcurrentSkipListMap<String, PluginStatus> statuses =
      new ConcurrentSkipListMap<>();
  private final Signal<PluginStatus> states = Signal.create(
      failure -> log.warn("A listener to the states of plugins failed", failure.cause()));
  private volatile List<PluginClassLoader> loaders = List.of();

  Roster(HostApi api, Limits limits, Callbacks callbacks) {
    this.api = api;
    this.limits = limits;
    this.callbacks = callbacks;
  }

  ExtensionRegistry registry() {
    return registry;
  }

  Signal.View<PluginStatus> states() {
    return states.view();
  }

  Map<String, PluginStatus> statuses() {
    return statuses;
  }

  List<RunningPlugin> active() {
    return List.copyOf(active.values());
  }

  boolean isActive(String id) {
    return active.containsKey(id);
  }

  RunningPlugin get(String id) {
    var plugin = active.get(id);
    if (plugin == null) {
      throw new IllegalStateException(
          "no plugin " + id + " is active; there are " + active.keySet());
    }
    return plugin;
  }

  /** Returns the active plugins without some, by id. */
  Map<String, PluginDescriptor> without(Collection<RunningPlugin> some) {
    var rest = new TreeMap<String, PluginDescriptor>();
    active.values().stream()
        .filter(plugin -> !some.contains(plugin))
        .forEach(plugin -> rest.put(plugin.descriptor().id(), plugin.descriptor()));
    return rest;
  }

  /** Returns a plugin and those that require it, directly or not, in the order of their start. */
  List<RunningPlugin> withDependents(String id) {
    var ids = new HashSet<>(List.of(id));
    var found = new ArrayList<RunningPlugin>();
    for (var plugin : active.values()) { // what is required was started before
      if (plugin.descriptor().id().equals(id) || ids.stream().anyMatch(plugin::requires)) {
        ids.add(plugin.descriptor().id());
        found.add(plugin);
      }
    }
    return found;
  }

  void setState(PluginDescriptor plugin, PluginState state) {
    statuses.put(plugin.id(), new PluginStatus(plugin, state));
    announce(plugin, state);
  }

  void announce(PluginDescriptor plugin, PluginState state) {
    states.emit(new PluginStatus(plugin, state));
  }

  /**
   * Makes a plugin ready to be started.
   *
   * @param bindings the plugins that it gets classes from, in the order in which they are asked
   */
  RunningPlugin open(
      CachedJar jar, List<PluginDescriptor> bindings, Function<String, RunningPlugin> runningOf)
      throws StartFailure {
    var imports = new LinkedHashMap<String, PluginClassLoader>();
    var ids = new LinkedHashSet<String>();
    for (var binding : bindings) {
      var loader = runningOf.apply(binding.id()).loader();
      ids.add(binding.id());
      binding.exports().forEach(name -> imports.putIfAbsent(name, loader));
    }
    try {
      var name = jar.descriptor() + " #" + number.incrementAndGet();
      var loader = new PluginClassLoader(name, jar, api, imports, () -> loaders);
      return new RunningPlugin(jar, ids, limits, callbacks, registry, loader);
    } catch (IOException e) {
      throw new StartFailure(PluginState.Phase.CREATE, PluginFailure.copyOf(e));
    }
  }

  /**
   * Takes down the last of some plugins and removes it, until the list is empty: a reference from there
   * would keep a plugin in memory while that is watched.
   */
  Retirement retire(
      List<RunningPlugin> plugins, BiConsumer<PluginDescriptor, PluginState> onState) {
    return new Retirement(registry, limits, callbacks, onState).of(plugins);
  }

  /** Strikes off plugins that are about to be taken down. */
  void leave(Collection<RunningPlugin> plugins) {
    plugins.forEach(plugin -> active.remove(plugin.descriptor().id()));
    rememberLoaders();
  }

  private void rememberLoaders() {
    loaders = active.values().stream().map(RunningPlugin::loader).toList();
  }

  /** Puts started plugins with their extensions in the place of others, in one step for users. */
  void exchange(List<RunningPlugin> old, List<RunningPlugin> started) {
    registry.exchange(
        old.stream().map(RunningPlugin::life).toList(),
        () -> started.stream().flatMap(RunningPlugin::takeExtensions));
    leave(old);
    started.forEach(plugin -> active.put(plugin.descriptor().id(), plugin));
    rememberLoaders();
  }
}

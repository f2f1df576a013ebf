package dev.touchstone.patterns.plugin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin with its loader, from the start to the end. Changed under the host's turn only; what runs
 * the plugin's code are {@link Callback}s, which the turn waits for.
 */
final class RunningPlugin {

  private static final Logger log = LoggerFactory.getLogger(RunningPlugin.class);

  private final CachedJar jar;
  private final Set<String> dependencies;
  private final Limits limits;
  private final Life life;
  private final PluginClassLoader loader;
  private final HostContext context;
  private volatile PluginState.Phase phase = PluginState.Phase.CREATE;
  private volatile @Nullable Plugin instance; // written by the callback that starts it

  RunningPlugin(
      CachedJar jar,
      Set<String> dependencies,
      Limits limits,
      ExtensionRegistry registry,
      PluginClassLoader loader) {
    this.jar = jar;
    this.dependencies = Set.copyOf(dependencies);
    this.limits = limits;
    this.loader = loader;
    this.life = new Life(jar.descriptor());
    this.context = new HostContext(life, registry, limits.stop(), loader);
  }

  PluginDescriptor descriptor() {
    return jar.descriptor();
  }

  CachedJar jar() {
    return jar;
  }

  Life life() {
    return life;
  }

  PluginClassLoader loader() {
    return loader;
  }

  boolean requires(String id) {
    return dependencies.contains(id);
  }

  /** Starts the plugin, and returns the extensions that are to come into use. */
  List<ExtensionEntry> start() throws StartFailure {
    var extensions = new ArrayList<ExtensionEntry>();
    try {
      call("start", limits.start(), () -> {
        var plugin = descriptor().mainClass().isPresent() ? create() : null;
        instance = plugin;
        phase = PluginState.Phase.START;
        if (plugin != null) {
          plugin.start(context);
        }
        phase = PluginState.Phase.EXTENSIONS;
        addServices(extensions);
      });
    } catch (PluginFailure e) {
      throw new StartFailure(phase, e);
    }
    extensions.addAll(context.takeEarly());
    return extensions;
  }

  private Plugin create() throws Exception {
    var name = descriptor().mainClass().orElseThrow();
    var type = Class.forName(name, true, loader);
    if (!Plugin.class.isAssignableFrom(type)) {
      throw PluginFailure.of(
          "the class " + name + " of the descriptor must implement " + Plugin.class.getName());
    }
    return (Plugin) type.getConstructor().newInstance();
  }

  private void addServices(List<ExtensionEntry> extensions) throws Exception {
    for (var service : loader.services().entrySet()) {
      var type = serviceType(service.getKey());
      if (type != null && type.getClassLoader() != loader) {
        for (var name : service.getValue()) {
          extensions.add(ExtensionEntry.of(life, type, implementation(type, name)));
        }
      }
    }
  }

  private @Nullable Class<?> serviceType(String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (
        ClassNotFoundException e) { // a library in the jar may serve something that is not here
      log.warn(
          "The extensions of {} for {} are not in use: {}", descriptor(), name, e.getMessage());
      return null;
    }
  }

  private Class<?> implementation(Class<?> type, String name) throws Exception {
    var implementation = Class.forName(name, false, loader);
    if (!type.isAssignableFrom(implementation)) {
      throw PluginFailure.of("the class " + name + " is listed in META-INF/services/"
          + type.getName() + " and must be a " + type.getName());
    }
    if (implementation.getConstructors().length == 0) { // found now rather than at the first use
      throw PluginFailure.of("the extension " + name + " must have a public constructor");
    }
    return implementation;
  }

  void quiesce() throws PluginFailure {
    var plugin = instance;
    if (plugin != null) {
      call("quiescing", limits.stop(), plugin::quiesce);
    }
  }

  void resume() throws PluginFailure {
    var plugin = instance;
    if (plugin != null) {
      call("resuming", limits.start(), plugin::resume);
    }
  }

  /** Stops the plugin, if it was started; everything is tried, whatever fails. */
  void stop(List<PluginFailure> problems) {
    var plugin = instance;
    if (plugin != null && phase == PluginState.Phase.EXTENSIONS) {
      attempt(problems, "stop", plugin::stop);
    }
    instance = null;
  }

  /** Takes back what the plugin has obtained, and closes its loader. */
  UnloadWatch dispose(List<PluginFailure> problems) {
    context.takeEarly();
    for (var owned : context.takePossessions()) {
      attempt(problems, "closing of " + owned.name(), owned.closing()::close);
    }
    attempt(problems, "removal of leftovers", () -> {
      ResourceBundle.clearCache(loader);
      Leftovers.remove(loader);
    });
    var watch = new UnloadWatch(loader);
    try {
      loader.close();
    } catch (IOException e) {
      problems.add(PluginFailure.copyOf(e));
    }
    jar.delete();
    return watch;
  }

  private void attempt(List<PluginFailure> problems, String what, Callback.Body body) {
    try {
      call(what, limits.stop(), body);
    } catch (PluginFailure e) {
      problems.add(e);
    }
  }

  private void call(String what, Duration limit, Callback.Body body) throws PluginFailure {
    Callback.run(what + " of " + descriptor(), loader, limit, body);
  }
}

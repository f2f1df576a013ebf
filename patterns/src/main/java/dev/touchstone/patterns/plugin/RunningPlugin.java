package dev.touchstone.patterns.plugin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin with its loader, from the start to the end. Changed under the host's turn only; what runs
 * the plugin's code are {@link Callbacks}, which the turn waits for.
 */
final class RunningPlugin {

  private static final Logger log = LoggerFactory.getLogger(RunningPlugin.class);

  private final CachedJar jar;
  private final Set<String> dependencies;
  private final Limits limits;
  private final Callbacks callbacks;
  private final Life life;
  private final PluginClassLoader loader;
  private final HostContext context;
  private volatile PluginState.Phase phase = PluginState.Phase.CREATE;
  private volatile @Nullable Plugin instance; // written by the callback that starts it
  private volatile List<ExtensionEntry> services = List.of(); // the same

  RunningPlugin(
      CachedJar jar,
      Set<String> dependencies,
      Limits limits,
      Callbacks callbacks,
      ExtensionRegistry registry,
      PluginClassLoader loader) {
    this.jar = jar;
    this.dependencies = Set.copyOf(dependencies);
    this.limits = limits;
    this.callbacks = callbacks;
    this.loader = loader;
    this.life = new Life(jar.descriptor());
    this.context = new HostContext(life, registry, limits.step(), loader);
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

  /** Starts the plugin; its extensions are not in use yet. */
  void start() throws StartFailure {
    try {
      call("start", limits.start(), () -> {
        var plugin = descriptor().mainClass().isPresent() ? create() : null;
        instance = plugin;
        phase = PluginState.Phase.START;
        if (plugin != null) {
          plugin.start(context);
        }
        phase = PluginState.Phase.EXTENSIONS;
        services = services();
      });
    } catch (PluginFailure e) {
      throw new StartFailure(phase, e);
    }
  }

  /** Returns the extensions that are to come into use, once. */
  Stream<ExtensionEntry> takeExtensions() {
    var listed = services;
    services = List.of();
    return Stream.concat(listed.stream(), context.takeEarly().stream());
  }

  private Plugin create() throws Exception {
    var type = Class.forName(descriptor().mainClass().orElseThrow(), false, loader);
    return (Plugin) Maker.of(type, Plugin.class, "of the descriptor").make();
  }

  private List<ExtensionEntry> services() throws Exception {
    var extensions = new ArrayList<ExtensionEntry>();
    for (var service : loader.services().entrySet()) {
      var type = serviceType(service.getKey());
      if (type != null && type.getClassLoader() != loader) {
        for (var name : service.getValue()) {
          var maker = Maker.of( // what is wrong is found now rather than at the first use
              Class.forName(name, false, loader),
              type,
              "listed in META-INF/services/" + type.getName());
          extensions.add(ExtensionEntry.of(life, type, name, maker));
        }
      }
    }
    return extensions;
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

  private void attempt(List<PluginFailure> problems, String what, Callbacks.Body body) {
    try {
      call(what, limits.stop(), body);
    } catch (PluginFailure e) {
      problems.add(e);
    }
  }

  private void call(String what, Duration limit, Callbacks.Body body) throws PluginFailure {
    callbacks.run(what + " of " + descriptor(), loader, limit, body);
  }
}

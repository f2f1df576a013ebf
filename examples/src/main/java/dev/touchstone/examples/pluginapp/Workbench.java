package dev.touchstone.examples.pluginapp;

import dev.touchstone.examples.gateway.route.RequestFilter;
import dev.touchstone.examples.pluginapp.api.Command;
import dev.touchstone.examples.pluginapp.api.RunWatcher;
import dev.touchstone.examples.pluginapp.api.Theme;
import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.pluginapp.recipe.Toolbox;
import dev.touchstone.examples.scraper.extract.ItemExtractor;
import dev.touchstone.examples.scraper.sink.OutputFormat;
import dev.touchstone.patterns.lazy.Lazy;
import dev.touchstone.patterns.lazy.Scope;
import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.plugin.Extensions;
import dev.touchstone.patterns.plugin.LoadReport;
import dev.touchstone.patterns.plugin.PluginDescriptor;
import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.PluginState;
import dev.touchstone.patterns.plugin.PluginStatus;
import dev.touchstone.patterns.plugin.PluginUnloadedException;
import dev.touchstone.patterns.plugin.ReplaceReport;
import dev.touchstone.patterns.plugin.UnloadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application: a plugin host, what plugins offer, and the runs of recipes.
 *
 * <p>A plugin of the user takes the place of one that comes with the workbench if it has the same id,
 * whatever its version, and is trusted. Safe for use by several threads; what changes plugins takes turns.
 */
public final class Workbench implements AutoCloseable {

  /** The version of the application that plugins may demand. */
  public static final String VERSION = "1.0.0";

  /** What plugins may see of us and of what we use; the JDK and the plugin API come on top. */
  private static final List<String> EXPOSED = List.of(
      "dev.touchstone.examples.pluginapp.api",
      "dev.touchstone.examples.yaml",
      "dev.touchstone.examples.scraper.sink",
      "dev.touchstone.examples.scraper.extract",
      "dev.touchstone.examples.scraper.frontier",
      "dev.touchstone.examples.scraper.page",
      "dev.touchstone.examples.scraper.fetch",
      "dev.touchstone.examples.gateway.route",
      "dev.touchstone.apiclient..",
      "okhttp3..",
      "org.eclipse.jetty.http",
      "org.jsoup..",
      "tools.jackson..",
      "com.fasterxml.jackson.annotation",
      "org.sqlite..",
      "org.slf4j..",
      "org.jspecify.annotations");

  private static final Logger log = LoggerFactory.getLogger(Workbench.class);
  private static final Duration LONGEST_BATCH = Duration.ofMinutes(1);

  private final PluginHome home;
  private final Shipped shipped = Shipped.load();
  private final HomeTrust trust;
  private final Scope scope = new Scope();
  private final Lazy<PluginHost> host;
  private final Lazy<EventBus<WorkbenchEvent>> events;
  private final Lazy<Runs> runs;

  private Workbench(PluginHome home) {
    this.home = home;
    trust = new HomeTrust(home, shipped.hashes());
    host = scope.single(PluginHost.class, this::buildHost);
    events = busOf(scope, host);
    runs = scope.single(Runs.class, () -> new Runs(Toolbox.of(host.get()), events.get()));
  }

  @SuppressWarnings("unchecked") // the one bus of this scope is of this type
  private static Lazy<EventBus<WorkbenchEvent>> busOf(Scope scope, Lazy<PluginHost> host) {
    var key = (Class<EventBus<WorkbenchEvent>>) (Class<?>) EventBus.class;
    return scope.single(key, () -> {
      var watchers = host.get().extensions(RunWatcher.class);
      var bus = EventBus.of(WorkbenchEvent.class).build();
      bus.on(WorkbenchEvent.class, event -> tell(watchers, event));
      return bus;
    });
  }

  private static void tell(Extensions<RunWatcher> watchers, WorkbenchEvent event) {
    for (var watcher : watchers.list()) {
      try {
        watcher.use(hearing -> {
          hearing.heard(event);
          return true;
        });
      } catch (PluginUnloadedException e) {
        // gone since it was listed
      } catch (RuntimeException e) { // must not keep the others, or the run, from going on
        log.warn("{} failed to hear of {}", watcher.plugin(), event, e);
      }
    }
  }

  private PluginHost buildHost() {
    var builder = PluginHost.builder()
        .hostVersion(VERSION)
        .apiLoader(Workbench.class.getClassLoader())
        .trust(trust)
        .drainTimeout(LONGEST_BATCH);
    EXPOSED.forEach(builder::exposeApi);
    return builder.build();
  }

  /** Returns the workbench of a home, without plugins: call {@link #load}. */
  public static Workbench open(PluginHome home) {
    return new Workbench(home);
  }

  /**
   * Loads and starts what is there and neither active nor stopped.
   *
   * @return what became of each
   */
  public LoadReport load() {
    var stopped = home.stopped();
    var active = active();
    var jars = new ArrayList<Path>();
    var seen = new HashSet<String>();
    for (var jar : home.jars()) {
      var id = JarFacts.id(jar).orElse("");
      if (trust.trusts(jar)) { // another one must not keep a good one from being loaded
        seen.add(id);
      }
      if (!stopped.contains(id) && !active.contains(id)) {
        jars.add(jar);
      }
    }
    var folder = temporaryFolder();
    try {
      for (var id : shipped.ids()) {
        if (seen.add(id) && !stopped.contains(id) && !active.contains(id)) {
          jars.add(shipped.copy(id, folder));
        }
      }
      return host().load(jars);
    } finally {
      delete(folder);
    }
  }

  private Set<String> active() {
    var active = new HashSet<String>();
    for (var plugin : host().plugins()) {
      if (plugin.state() instanceof PluginState.Active) {
        active.add(plugin.plugin().id());
      }
    }
    return active;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("touchstone-plugins");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the plugins that come with the workbench", e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  /**
   * Loads a jar and, if it starts, keeps it in the home.
   *
   * @return what became of it
   * @throws WorkbenchException if the jar says no id, or a plugin with this id is active
   */
  public LoadReport install(Path jar) {
    var id = id(jar);
    if (active().contains(id)) {
      throw new WorkbenchException(
          "the plugin " + id + " is active; replace it, or unload it first");
    }
    var report = host().load(List.of(jar));
    if (report.problems().isEmpty()) {
      home.keep(id, jar);
      home.unstop(id);
    }
    return report;
  }

  /**
   * Starts a plugin that was stopped, and what could not be started without it.
   *
   * @throws WorkbenchException if it is not stopped
   */
  public LoadReport start(String id) {
    if (!home.unstop(id)) {
      throw new WorkbenchException("the plugin " + id + " is not stopped; stopped are "
          + (home.stopped().isEmpty() ? "none" : String.join(", ", home.stopped())));
    }
    return load();
  }

  /**
   * Stops a plugin, and before it those that require it, and keeps it from being started. Its memory
   * comes free; its jar stays where it is.
   *
   * @return what became of each
   * @throws WorkbenchException if it is not active
   */
  public UnloadReport stop(String id) {
    requireActive(id);
    home.stop(id);
    return host().unload(id);
  }

  /**
   * Stops a plugin, and before it those that require it, and deletes its jar from the home. One that
   * comes with the workbench is stopped only.
   *
   * @return what became of each
   * @throws WorkbenchException if it is not active
   */
  public UnloadReport unload(String id) {
    requireActive(id);
    if (!home.remove(id)) {
      home.stop(id);
    }
    return host().unload(id);
  }

  /**
   * Puts another version in the place of an active plugin, while recipes run, and keeps it in the home.
   *
   * @return what became of it; if the old version stays, nothing has changed
   * @throws WorkbenchException if the jar says no id, or no plugin with this id is active
   */
  public ReplaceReport replace(Path jar) {
    var id = id(jar);
    requireActive(id);
    var report = host().replace(id, jar);
    if (report instanceof ReplaceReport.Replaced) {
      home.keep(id, jar);
    }
    return report;
  }

  private static String id(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new WorkbenchException("there is no file " + jar);
    }
    return JarFacts.id(jar)
        .orElseThrow(() -> new WorkbenchException(jar + " is no plugin: it has no "
            + "META-INF/touchstone/plugin.properties with an id; 'plugins new' shows one"));
  }

  private void requireActive(String id) {
    if (!active().contains(id)) {
      throw new WorkbenchException("no plugin " + id + " is active; active are "
          + String.join(", ", active().stream().sorted().toList()));
    }
  }

  /** Returns what the active plugins offer, by extension point and then in the order of their start. */
  public List<Contribution> contributions() {
    return ExtensionPoint.ALL.stream()
        .flatMap(point -> point.contributions(host()))
        .toList();
  }

  /** Returns the ids of the active plugins that require a plugin, sorted. */
  public List<String> dependents(String id) {
    return host().plugins().stream()
        .filter(status -> status.state() instanceof PluginState.Active)
        .map(PluginStatus::plugin)
        .filter(
            plugin -> plugin.requires().stream().anyMatch(needed -> needed.id().equals(id)))
        .map(PluginDescriptor::id)
        .sorted()
        .toList();
  }

  /** Returns the ids of the plugins that come with the workbench. */
  public List<String> shippedIds() {
    return shipped.ids();
  }

  /** Returns where plugins of the user are kept. */
  public PluginHome home() {
    return home;
  }

  /** Returns whose jars are loaded. */
  public HomeTrust trust() {
    return trust;
  }

  /** Returns the host of the plugins. */
  public PluginHost host() {
    return host.get();
  }

  /** Returns what recipes are put together from. */
  public Toolbox toolbox() {
    return Toolbox.of(host());
  }

  /** Returns the verbs that plugins add. */
  public Extensions<Command> commands() {
    return host().extensions(Command.class);
  }

  /**
   * Runs a verb that a plugin adds.
   *
   * @param out takes the lines that it prints
   * @return false if there is no such verb
   * @throws WorkbenchException if it fails; the message is for the user
   */
  public boolean runCommand(String verb, List<String> arguments, Consumer<String> out) {
    var command = commands().first(present -> present.name().equals(verb));
    command.ifPresent(extension -> extension.use(present -> {
      try {
        present.run(new WorkbenchBench(this, out), List.copyOf(arguments));
        return true;
      } catch (IOException | IllegalArgumentException e) {
        throw new WorkbenchException(String.valueOf(e.getMessage()), e);
      }
    }));
    return command.isPresent();
  }

  /** Returns the themes of the console. */
  public Extensions<Theme> themes() {
    return host().extensions(Theme.class);
  }

  /** Returns the formats that plugins add to the output of crawls. */
  public Extensions<OutputFormat> outputFormats() {
    return host().extensions(OutputFormat.class);
  }

  /** Returns the extractors that plugins add to the items of crawls. */
  public Extensions<ItemExtractor> itemExtractors() {
    return host().extensions(ItemExtractor.class);
  }

  /** Returns the filters that plugins add to the routes of gateways. */
  public Extensions<RequestFilter> requestFilters() {
    return host().extensions(RequestFilter.class);
  }

  /** Returns the bus that carries what happens; plugins hear it as {@link RunWatcher}. */
  public EventBus<WorkbenchEvent> events() {
    return events.get();
  }

  /** Returns the runs of recipes. */
  public Runs runs() {
    return runs.get();
  }

  /** Cancels the runs, unloads the plugins, and closes what was made. */
  @Override
  public void close() {
    scope.close();
  }
}

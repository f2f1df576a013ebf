package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import dev.touchstone.patterns.observe.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugins, keeps them apart, and takes them away again.
 *
 * {@snippet class="dev.touchstone.patterns.plugin.SnippetsTest" region="host"}
 *
 * <p><b>Classes.</b> A plugin sees the JDK, the packages that the host exposes, its own jar, and the
 * packages that the plugins it requires export, in this order; nothing else of the application. An
 * exposed package always comes from the host, even if the plugin's jar has it too.
 *
 * <p><b>Choice.</b> One version of each plugin is active. Of the jars at hand as many plugins as
 * possible are started, in the highest versions that fit together; why the others are not is in the
 * report. The same jars give the same choice.
 *
 * <p><b>Order.</b> A plugin is started after those it requires, ties by id, and stopped in the exact
 * reverse of the order in which plugins were started. One that fails takes its dependents with it, and
 * nobody else.
 *
 * <p><b>Threads.</b> All methods may be called by all threads. Those that change plugins take turns;
 * the others never wait. Code of plugins runs on a thread of the host's, each call bounded in time; a
 * call that does not end is interrupted, reported and left behind with its thread. Listeners of {@link
 * #states} are called by the thread that makes the change, during its turn, all in one order; neither
 * they nor the code of a plugin may change plugins from there ({@code IllegalStateException}).
 *
 * <p><b>No sandbox.</b> A plugin can do whatever the application can; see the package.
 */
public final class PluginHost implements AutoCloseable {

  /*
   * Locks, in the order in which they are taken: the turn, which is held while plugins and listeners are
   * called; that of the ExtensionRegistry; that of a HostContext or of its Possessions. Nothing of others
   * runs under the last three.
   */

  private static final Logger log = LoggerFactory.getLogger(PluginHost.class);

  private final ReentrantLock turn = new ReentrantLock(true);
  private final @Nullable Path directory;
  private final @Nullable Version version;
  private final JarCache cache;
  private final Callbacks callbacks = new Callbacks();
  private final Roster roster;
  private boolean closed; // guarded by the turn

  private PluginHost(Builder builder) {
    directory = builder.directory;
    version = builder.version;
    var limits = new Limits(
        builder.startTimeout, builder.stopTimeout, builder.drainTimeout, builder.reclaimTimeout);
    roster = new Roster(new HostApi(builder.apiLoader(), builder.exposed), limits, callbacks);
    cache = new JarCache(builder.trust());
  }

  /** Returns a builder; {@link Builder#trust} is the one thing that must be said. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Loads and starts what is new in the directory: all {@code *.jar} in it, by name, but those that
   * are active. What was rejected or has failed before is tried again.
   *
   * @return what became of each; empty if the host has no directory
   * @throws UncheckedIOException if the directory cannot be listed
   * @throws IllegalStateException if the host is closed, or this is called from the code of a plugin
   */
  public LoadReport load() {
    return inTurn(() -> loadInTurn(jars()));
  }

  /**
   * Loads and starts some jars, which may require each other and the active plugins.
   *
   * @return what became of each
   * @throws IllegalStateException if the host is closed, or this is called from the code of a plugin
   */
  public LoadReport load(Collection<Path> jars) {
    var all = List.copyOf(jars);
    return inTurn(() -> loadInTurn(all));
  }

  private LoadReport loadInTurn(List<Path> jars) {
    return new Loading(roster, cache, version).load(jars);
  }

  private List<Path> jars() {
    if (directory == null) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .filter(file -> roster.active().stream().noneMatch(plugin -> isOf(plugin, file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the plugins in " + directory, e);
    }
  }

  private static boolean isOf(RunningPlugin plugin, Path file) {
    try {
      return plugin.jar().original().equals(file) && Files.mismatch(plugin.jar().copy(), file) < 0;
    } catch (IOException e) { // to be reported where it is loaded
      return false;
    }
  }

  /**
   * Unloads a plugin, and before it those that require it.
   *
   * <p>For each: its extensions go out of use, and uses under way are awaited; it is stopped; what it
   * obtained through its context is taken back, last first; its resource bundles, JDBC drivers and
   * MBeans are removed; its loader is closed. Whatever fails on the way is noted and the rest is done.
   * Then garbage is collected until its memory is free, or the time for that is over.
   *
   * @return what became of each; empty if no such plugin is active
   * @throws IllegalStateException if the host is closed, or this is called from the code of a plugin
   */
  public UnloadReport unload(String id) {
    requireNonNull(id, "id");
    return inTurn(() -> unloadInTurn(roster.withDependents(id)));
  }

  private UnloadReport unloadInTurn(List<RunningPlugin> leaving) {
    roster.leave(leaving);
    return roster.retire(leaving, roster::setState).verify();
  }

  /**
   * Replaces an active plugin by another version of it, also a lower one.
   *
   * <p>The new plugin is started beside the old one, and so are those that require it. If all of them
   * start, their extensions take the place of the old ones in one step, and the old plugins are
   * unloaded. If not, nothing has changed: the old ones stay.
   *
   * @return what became of it
   * @throws IllegalStateException if no such plugin is active, if the host is closed, or if this is
   *     called from the code of a plugin
   */
  public ReplaceReport replace(String id, Path jar) {
    requireNonNull(id, "id");
    requireNonNull(jar, "jar");
    return inTurn(() -> new Replacement(roster, cache, version).replace(id, jar));
  }

  /** Returns the extensions that active plugins offer for a type that the host exposes. */
  public <T> Extensions<T> extensions(Class<T> type) {
    return new Extensions<>(roster.registry(), requireNonNull(type, "type"));
  }

  /** Returns the last known state of every plugin whose descriptor could be read, by id. */
  public List<PluginStatus> plugins() {
    return List.copyOf(roster.statuses().values());
  }

  /** Returns the last known state of a plugin, or nothing if none with this id was seen. */
  public Optional<PluginState> state(String id) {
    return Optional.ofNullable(roster.statuses().get(requireNonNull(id, "id")))
        .map(PluginStatus::state);
  }

  /** Returns the signal of changes of state. A listener that fails is logged; others are called. */
  public Signal.View<PluginStatus> states() {
    return roster.states();
  }

  /**
   * Unloads all plugins, the last started first, and closes the host.
   *
   * @return what became of each; empty if the host is closed already
   * @throws IllegalStateException if this is called from the code of a plugin
   */
  public UnloadReport shutdown() {
    enter();
    try {
      if (closed) {
        return new UnloadReport(List.of());
      }
      closed = true;
      var report = unloadInTurn(new ArrayList<>(roster.active()));
      cache.close();
      return report;
    } finally {
      leave();
    }
  }

  /** As {@link #shutdown}; what its report would say is logged if it is not clean. */
  @Override
  public void close() {
    var report = shutdown();
    if (!report.isClean()) {
      log.warn("Not all plugins went in order: {}", report);
    }
  }

  private <R> R inTurn(Supplier<R> action) {
    enter();
    try {
      if (closed) {
        throw new IllegalStateException("the plugin host is closed; build another one");
      }
      return action.get();
    } finally {
      leave();
    }
  }

  private void enter() {
    if (Callbacks.isInside() || turn.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "plugins cannot be changed from the code of a plugin or from a"
              + " listener, while another change is under way; do it from another thread, later");
    }
    turn.lock();
  }

  private void leave() {
    callbacks.end();
    turn.unlock();
  }

  /** Makes a {@link PluginHost}. */
  public static final class Builder {

    private @Nullable Path directory;
    private @Nullable Version version;
    private @Nullable Trust trust;
    private @Nullable ClassLoader apiLoader;
    private final List<String> exposed = new ArrayList<>();
    private Duration startTimeout = Duration.ofSeconds(30);
    private Duration stopTimeout = Duration.ofSeconds(10);
    private Duration drainTimeout = Duration.ofSeconds(10);
    private Duration reclaimTimeout = Duration.ofSeconds(2);

    private Builder() {}

    /** Sets the directory that {@link PluginHost#load()} looks into; none by default. */
    public Builder directory(Path directory) {
      this.directory = requireNonNull(directory, "directory");
      return this;
    }

    /**
     * Sets the version of the application, which plugins may demand; by default they may not.
     *
     * @throws IllegalArgumentException if the text is not a {@link Version}
     */
    public Builder hostVersion(String version) {
      this.version = Version.parse(version);
      return this;
    }

    /**
     * Lets plugins see a package of the application, as {@code com.acme.api}, or with those below it,
     * as {@code com.acme.api..}. May be called again for others.
     *
     * @throws IllegalArgumentException if the text is not a package
     */
    public Builder exposeApi(String packageName) {
      exposed.add(HostApi.checked(packageName));
      return this;
    }

    /** Sets who defines the exposed packages; by default the context class loader of the builder. */
    public Builder apiLoader(ClassLoader loader) {
      this.apiLoader = requireNonNull(loader, "loader");
      return this;
    }

    /** Sets whose jars are loaded. There is no default: say {@link Trust#everything} if you mean it. */
    public Builder trust(Trust trust) {
      this.trust = requireNonNull(trust, "trust");
      return this;
    }

    /** Sets how long a plugin may take to start; 30 s by default. */
    public Builder startTimeout(Duration limit) {
      startTimeout = positive(limit);
      return this;
    }

    /**
     * Sets how long each call may take that belongs to stopping a plugin; 10 s by default. Tasks of its
     * executors and listeners that are being called have half of that to end.
     */
    public Builder stopTimeout(Duration limit) {
      stopTimeout = positive(limit);
      return this;
    }

    /** Sets how long uses of extensions are waited for before a plugin is stopped; 10 s by default. */
    public Builder drainTimeout(Duration limit) {
      drainTimeout = positive(limit);
      return this;
    }

    /**
     * Sets how long an unloaded plugin is watched, collecting garbage, for its memory to come free;
     * 2 s by default. With zero it is not watched, and no garbage is collected.
     */
    public Builder reclaimTimeout(Duration limit) {
      reclaimTimeout = limit.isZero() ? limit : positive(limit);
      return this;
    }

    private static Duration positive(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("a timeout must be positive, was " + limit);
      }
      return limit;
    }

    private Trust trust() {
      if (trust == null) {
        throw new IllegalStateException(
            "trust must be set; use Trust.sha256, Trust.signedBy or Trust.everything");
      }
      return trust;
    }

    private ClassLoader apiLoader() {
      return apiLoader != null
          ? apiLoader
          : Objects.requireNonNullElseGet(
              Thread.currentThread().getContextClassLoader(), ClassLoader::getSystemClassLoader);
    }

    /**
     * Returns the host, without plugins.
     *
     * @throws IllegalStateException if no trust was set
     * @throws UncheckedIOException if no folder for the copies of jars can be made
     */
    public PluginHost build() {
      return new PluginHost(this);
    }
  }
}

package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import dev.touchstone.patterns.observe.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The context that a host gives to a plugin. */
final class HostContext implements PluginContext {

  private final Life life;
  private final ExtensionRegistry registry;
  private final Duration limit; // of each wait for something to end
  private final ClassLoader loader;
  private final Possessions possessions = new Possessions();
  private final ReentrantLock lock = new ReentrantLock();

  /** Extensions offered before the start has succeeded; null afterwards. Under the lock. */
  private @Nullable List<ExtensionEntry> early = new ArrayList<>();

  HostContext(Life life, ExtensionRegistry registry, Duration limit, ClassLoader loader) {
    this.life = life;
    this.registry = registry;
    this.limit = limit;
    this.loader = loader;
  }

  @Override
  public PluginDescriptor descriptor() {
    return life.plugin();
  }

  @Override
  public <T> Extensions<T> extensions(Class<T> type) {
    return new Extensions<>(registry, requireNonNull(type, "type"));
  }

  @Override
  public <T> void provide(Class<T> type, T extension) {
    requireNonNull(type, "type");
    if (!type.isInstance(requireNonNull(extension, "extension"))) {
      throw new IllegalArgumentException("extension must be a " + type.getName() + ", was a "
          + extension.getClass().getName());
    }
    var entry = ExtensionEntry.of(life, type, extension);
    lock.lock();
    try {
      if (early != null) {
        early.add(entry);
        return;
      }
    } finally {
      lock.unlock();
    }
    registry.add(entry);
  }

  /** Returns what was offered so far; what comes later goes into use at once. */
  List<ExtensionEntry> takeEarly() {
    lock.lock();
    try {
      var all = early == null ? List.<ExtensionEntry>of() : early;
      early = null;
      return all;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <R extends AutoCloseable> R own(R resource) {
    requireNonNull(resource, "resource");
    onClose(resource.getClass().getName(), closing(resource));
    return resource;
  }

  private AutoCloseable closing(AutoCloseable resource) {
    return resource instanceof Subscription subscription ? () -> end(subscription) : resource;
  }

  private void end(Subscription subscription) throws Exception {
    try {
      if (!subscription.closeAndAwait(limit)) {
        throw PluginFailure.of("a listener is still being called after " + limit);
      }
    } catch (UnsupportedOperationException e) { // not tracked: it cannot be awaited
      subscription.close();
    }
  }

  @Override
  public void onClose(String name, AutoCloseable action) {
    if (!possessions.add(requireNonNull(name, "name"), requireNonNull(action, "action"))) {
      var unloaded = new PluginUnloadedException(life.plugin());
      try {
        action.close();
      } catch (Exception e) {
        unloaded.addSuppressed(PluginFailure.copyOf(e));
      }
      throw unloaded;
    }
  }

  @Override
  public ExecutorService newExecutor(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    return owned("executor", Executors.newFixedThreadPool(threads, threads("worker")));
  }

  @Override
  public ScheduledExecutorService newTimer() {
    return owned("timer", Executors.newSingleThreadScheduledExecutor(threads("timer")));
  }

  private <E extends ExecutorService> E owned(String name, E executor) {
    onClose(name, () -> end(name, executor));
    return executor;
  }

  private void end(String name, ExecutorService executor) throws Exception {
    executor.shutdownNow();
    if (!executor.awaitTermination(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS)) {
      throw PluginFailure.of(
          "a task of an " + name + " goes on although it was interrupted " + limit + " ago");
    }
  }

  private ThreadFactory threads(String kind) {
    var factory = Thread.ofPlatform()
        .daemon()
        .name("plugin: " + kind + " of " + life.plugin() + " #", 1)
        .inheritInheritableThreadLocals(false)
        .factory();
    return task -> {
      var thread = factory.newThread(task);
      thread.setContextClassLoader(loader);
      return thread;
    };
  }

  List<Possessions.Owned> takePossessions() {
    return possessions.takeAll();
  }
}

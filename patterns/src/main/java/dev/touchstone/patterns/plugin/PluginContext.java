package dev.touchstone.patterns.plugin;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a plugin has of its host. Everything that is obtained through it ends with the plugin, last
 * obtained first.
 *
 * <p>Safe for use by several threads. After the plugin has ended, every method that would obtain
 * something throws a {@link PluginUnloadedException}, and what was handed to it is closed.
 */
public interface PluginContext {

  /** Returns what the plugin says about itself. */
  PluginDescriptor descriptor();

  /** Returns the extensions that all active plugins offer for a type. */
  <T> Extensions<T> extensions(Class<T> type);

  /**
   * Offers an extension, beside those listed in {@code META-INF/services}. It comes into use when
   * the plugin becomes active, or at once if it is.
   */
  <T> void provide(Class<T> type, T extension);

  /**
   * Closes a resource when the plugin ends. A {@link
   * dev.touchstone.patterns.observe.Subscription} that is tracked is closed and awaited. For what
   * lives as long as the plugin: nothing is forgotten before.
   *
   * @return the resource
   */
  <R extends AutoCloseable> R own(R resource);

  /**
   * Runs an action when the plugin ends.
   *
   * @param name names the action in reports
   */
  void onClose(String name, AutoCloseable action);

  /**
   * Returns a pool of daemon threads that is shut down and awaited when the plugin ends; running tasks
   * are interrupted.
   *
   * @param threads how many at most, at least 1
   * @throws IllegalArgumentException if there is to be none
   */
  ExecutorService newExecutor(int threads);

  /** Returns a timer with one daemon thread that is shut down and awaited when the plugin ends. */
  ScheduledExecutorService newTimer();
}

package dev.touchstone.patterns.plugin;

/**
 * The part of a plugin that acts when it comes and goes. Needs a public constructor without parameters.
 *
 * <p>Every method is called on a thread of the host's, with the plugin's loader as context class loader,
 * and must end within the time that the host grants. The thread serves all plugins that are changed
 * together and ends then: a thread-local that is left in it may be met by others, and is lost. Never two
 * methods are called at a time for one plugin, unless one did not end in time and goes on although it
 * was interrupted. Calls to the {@link PluginHost} that change plugins are refused from here.
 */
public interface Plugin {

  /**
   * Starts the plugin; those it requires are active. If this throws, everything that was obtained
   * through the context is taken back.
   *
   * @param context through which to obtain what must end with the plugin
   */
  void start(PluginContext context) throws Exception;

  /**
   * Stops the plugin. Its extensions are out of use by then; what it obtained through its context is
   * still open, and is closed afterwards, also if this throws.
   */
  default void stop() throws Exception {}

  /**
   * Gives up what only one can hold, as a port or a file, because a new version is about to start
   * beside this one. Followed by {@link #stop} or by {@link #resume}.
   */
  default void quiesce() throws Exception {}

  /** Takes back what {@link #quiesce} gave up, because the new version did not start. */
  default void resume() throws Exception {}
}

package dev.touchstone.patterns.plugin;

/** Thrown when something of a plugin is used that is no longer there. */
public final class PluginUnloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String pluginId;

  PluginUnloadedException(PluginDescriptor plugin) {
    super("the plugin " + plugin
        + " has been unloaded or replaced; ask the host for extensions anew");
    pluginId = plugin.id();
  }

  /** Returns the plugin that is gone. */
  public String pluginId() {
    return pluginId;
  }
}

package dev.touchstone.patterns.plugin;

/** Thrown when an extension is used for the first time and cannot be created. */
public final class ExtensionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExtensionException(String extension, PluginDescriptor plugin, PluginFailure cause) {
    super("the extension " + extension + " of the plugin " + plugin + " cannot be created", cause);
  }
}

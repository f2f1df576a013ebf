package dev.touchstone.patterns.plugin;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Explains itself only when asked: many misses are expected by those who cause them. */
final class InvisibleClassException extends ClassNotFoundException {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String plugin;
  private final transient @Nullable WeakReference<PluginClassLoader> loader;

  InvisibleClassException(String name, PluginClassLoader loader) {
    super(name);
    this.name = name;
    this.plugin = loader.plugin().toString();
    this.loader = new WeakReference<>(loader);
  }

  @Override
  public String getMessage() {
    var asked = loader == null ? null : loader.get();
    return name + " is not visible to the plugin " + plugin
        + (asked == null ? "" : ": " + asked.whereabouts(name));
  }
}

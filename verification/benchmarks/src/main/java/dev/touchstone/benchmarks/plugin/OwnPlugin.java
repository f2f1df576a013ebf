package dev.touchstone.benchmarks.plugin;

import dev.touchstone.patterns.plugin.Plugin;
import dev.touchstone.patterns.plugin.PluginContext;
import java.util.function.Supplier;

/** A plugin of ours that does nothing, and an extension that shows its loader. */
public final class OwnPlugin implements Plugin, Supplier<ClassLoader> {

  /** Creates the plugin, or the extension. */
  public OwnPlugin() {}

  @Override
  public void start(PluginContext context) {}

  @Override
  public ClassLoader get() {
    return getClass().getClassLoader();
  }
}

package dev.touchstone.examples.pluginapp;

import dev.touchstone.patterns.plugin.Extensions;
import dev.touchstone.patterns.plugin.PluginUnloadedException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The extension of a name, in the version that is in use at the time of each call. Safe for use by
 * several threads.
 *
 * @param <T> its type
 */
final class Current<T> {

  private final Supplier<Extensions<T>> extensions;
  private final Function<T, String> nameOf;
  private final String name;

  Current(Supplier<Extensions<T>> extensions, Function<T, String> nameOf, String name) {
    this.extensions = extensions;
    this.nameOf = nameOf;
    this.name = name;
  }

  /**
   * Calls a function with it.
   *
   * @throws WorkbenchException if no plugin offers it any more
   */
  <R> R use(Function<? super T, R> function) {
    while (true) {
      var found = extensions.get().first(each -> nameOf.apply(each).equals(name));
      if (found.isEmpty()) {
        throw new WorkbenchException(
            "no plugin offers '" + name + "' any more; start the one that did, and go on");
      }
      try {
        return found.get().use(function);
      } catch (PluginUnloadedException e) {
        // replaced since it was looked up; the next look finds the new version, or none
      }
    }
  }
}

package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One extension of a plugin, to be used under a lease: while a use is under way the plugin is not
 * stopped, and when it is gone a use throws instead of calling into a dead plugin.
 *
 * <p>May be kept for any time without keeping the plugin in memory, and used by several threads. The
 * extension itself must not leave the function that it is given to.
 *
 * @param <T> the type of the extension
 */
public final class Extension<T> {

  private final ExtensionEntry entry;
  private final Class<T> type;

  Extension(ExtensionEntry entry, Class<T> type) {
    this.entry = entry;
    this.type = type;
  }

  /** Returns the plugin that offers this extension. */
  public PluginDescriptor plugin() {
    return entry.life().plugin();
  }

  /**
   * Calls a function with the extension, which is created now if this is its first use.
   *
   * @return what the function returns
   * @throws PluginUnloadedException if the plugin is gone
   * @throws ExtensionException if the extension cannot be created
   */
  public <R extends @Nullable Object> R use(Function<? super T, ? extends R> function) {
    requireNonNull(function, "function");
    if (!entry.life().tryEnter()) {
      throw new PluginUnloadedException(plugin());
    }
    try {
      return function.apply(type.cast(entry.instance()));
    } finally {
      entry.life().leave();
    }
  }

  /** As {@link #use}, for an action; returns false, without a call, if the plugin is gone. */
  boolean tryAccept(Consumer<? super T> action) {
    if (!entry.life().tryEnter()) {
      return false;
    }
    try {
      action.accept(type.cast(entry.instance()));
      return true;
    } finally {
      entry.life().leave();
    }
  }

  /** Returns this extension if it holds a condition, nothing if not or if the plugin is gone. */
  Optional<Extension<T>> filter(Predicate<? super T> condition) {
    var holds = new boolean[1];
    tryAccept(extension -> holds[0] = condition.test(extension));
    return holds[0] ? Optional.of(this) : Optional.empty();
  }

  @Override
  public String toString() {
    return "Extension[" + type.getName() + " of " + plugin() + "]";
  }
}

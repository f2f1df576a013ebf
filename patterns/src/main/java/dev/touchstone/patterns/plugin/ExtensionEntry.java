package dev.touchstone.patterns.plugin;

import dev.touchstone.patterns.lazy.Lazy;
import org.jspecify.annotations.Nullable;

/** One extension of a plugin. Refers to nothing of the plugin once that has ended. */
final class ExtensionEntry {

  private final Life life;
  private final String typeName;
  private volatile @Nullable Class<?> type;
  private volatile @Nullable Lazy<Object> instance;

  private ExtensionEntry(Life life, Class<?> type, Lazy<Object> instance) {
    this.life = life;
    this.typeName = type.getName();
    this.type = type;
    this.instance = instance;
  }

  private ExtensionEntry forgottenWithPlugin() {
    life.onForget(() -> {
      type = null;
      instance = null;
    });
    return this;
  }

  static ExtensionEntry of(Life life, Class<?> type, Object instance) {
    return new ExtensionEntry(life, type, Lazy.of(() -> instance)).forgottenWithPlugin();
  }

  /** An extension that is created at its first use. */
  static ExtensionEntry of(Life life, Class<?> type, Class<?> implementation) {
    return new ExtensionEntry(life, type, Lazy.of(() -> create(life, implementation)))
        .forgottenWithPlugin();
  }

  private static Object create(Life life, Class<?> implementation) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(implementation.getClassLoader());
    try {
      return implementation.getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new ExtensionException(
          implementation.getName(), life.plugin(), PluginFailure.copyOf(e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  Life life() {
    return life;
  }

  String typeName() {
    return typeName;
  }

  boolean isOf(Class<?> wanted) {
    return type == wanted;
  }

  /** Returns the extension; only inside of a use. */
  Object instance() {
    var present = instance;
    if (present == null) {
      throw new PluginUnloadedException(life.plugin());
    }
    return present.get();
  }
}

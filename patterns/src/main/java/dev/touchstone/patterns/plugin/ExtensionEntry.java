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

  /** An extension that is made at its first use. */
  static ExtensionEntry of(Life life, Class<?> type, String name, Maker maker) {
    return new ExtensionEntry(life, type, Lazy.of(() -> made(life, name, maker)))
        .forgottenWithPlugin();
  }

  private static Object made(Life life, String name, Maker maker) {
    try {
      return maker.make();
    } catch (PluginFailure e) {
      throw new ExtensionException(name, life.plugin(), e);
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

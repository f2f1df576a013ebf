package dev.touchstone.patterns.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Objects;

/** Makes objects of a class that a plugin names: its main class, or one of its extensions. */
final class Maker {

  private final Constructor<?> constructor;

  private Maker(Constructor<?> constructor) {
    this.constructor = constructor;
  }

  /**
   * Looks at a class without running any of its code.
   *
   * @param where what names the class, as {@code of the descriptor}
   * @throws PluginFailure if no object that is wanted can be made of it
   */
  static Maker of(Class<?> type, Class<?> wanted, String where) throws PluginFailure {
    var what = "the class " + type.getName() + " " + where + " must ";
    if (!wanted.isAssignableFrom(type)) {
      throw PluginFailure.of(what + "be a " + wanted.getName());
    }
    if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
      throw PluginFailure.of(what + "be public and not abstract");
    }
    try {
      return new Maker(type.getConstructor());
    } catch (NoSuchMethodException e) {
      throw PluginFailure.of(what + "have a public constructor without parameters");
    }
  }

  /**
   * Makes an object, with the loader of its class as context class loader.
   *
   * @throws PluginFailure if the plugin's code throws something
   */
  Object make() throws PluginFailure {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(constructor.getDeclaringClass().getClassLoader());
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw PluginFailure.copyOf(Objects.requireNonNullElse(e.getCause(), e));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw PluginFailure.copyOf(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

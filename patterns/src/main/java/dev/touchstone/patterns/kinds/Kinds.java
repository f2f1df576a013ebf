package dev.touchstone.patterns.kinds;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The kinds of instances that a sealed type has. */
public final class Kinds {

  private Kinds() {}

  /**
   * Returns the types that an instance may be of, in the order of their permission: those permitted,
   * directly or not, that are not sealed themselves, and sealed classes that are not abstract. An
   * enum is one kind, whatever bodies its constants have.
   */
  public static Set<Class<?>> of(Class<?> root) {
    var kinds = new LinkedHashSet<Class<?>>();
    collect(root, kinds);
    return kinds;
  }

  private static void collect(Class<?> type, Collection<Class<?>> kinds) {
    if (!type.isSealed() || type.isEnum()) {
      kinds.add(type);
      return;
    }
    if (!Modifier.isAbstract(type.getModifiers())) {
      kinds.add(type);
    }
    for (var permitted : type.getPermittedSubclasses()) {
      collect(permitted, kinds);
    }
  }
}

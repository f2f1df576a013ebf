package dev.touchstone.patterns.decorate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object and the layers around it. Immutable.
 *
 * @param <T> the type that the layers implement
 */
public final class Layers<T> {

  private final List<String> names;
  private final Map<String, T> byName;
  private final T core;

  Layers(List<String> names, Map<String, T> byName, T core) {
    this.names = names;
    this.byName = Map.copyOf(byName);
    this.core = core;
  }

  /** Returns the outermost layer; the core, if there are no layers. */
  public T outermost() {
    return names.isEmpty() ? core : byName.getOrDefault(names.getFirst(), core);
  }

  /** Returns the names of the layers from the outermost to the innermost. */
  public List<String> names() {
    return names;
  }

  /** Returns the layer of a name, with what lies inside of it; empty if there is none. */
  public Optional<T> layer(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the object inside of all layers. */
  public T core() {
    return core;
  }

  @Override
  public String toString() {
    return "Layers" + names + " around " + core;
  }
}

package dev.touchstone.patterns.decorate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Wraps an object in named layers, in an order that is checked.
 *
 * {@snippet class="dev.touchstone.patterns.decorate.SnippetsTest" region="decorators"}
 *
 * <p>The first layer listed is outermost, unless rules say otherwise; as far as they leave a choice,
 * the order of listing is kept. The result is the outermost layer itself, and each layer calls the
 * next one directly: nothing of this class is on the way of a call.
 *
 * <p>Not safe for use by several threads; reusable after a build.
 *
 * @param <T> the type that the layers implement and wrap
 */
public final class Decorators<T> {

  private final T core;
  private final Map<String, UnaryOperator<T>> layers = new LinkedHashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  private Decorators(T core) {
    this.core = core;
  }

  /** Returns a builder that has no layers yet around an object. */
  public static <T> Decorators<T> of(T core) {
    return new Decorators<>(requireNonNull(core, "core"));
  }

  /** Returns the rule that a layer lies inside of another, and so nearer to the core. */
  public static Place inside(String name) {
    return new Place.Inside(name);
  }

  /** Returns the rule that a layer lies outside of another, and so is called earlier. */
  public static Place outside(String name) {
    return new Place.Outside(name);
  }

  /**
   * Adds a layer.
   *
   * @param name says which this is; unique
   * @param layer wraps what lies inside of it
   * @param places where it must lie; the layers named may be added later
   * @throws IllegalArgumentException if there is a layer of this name
   */
  public Decorators<T> with(String name, UnaryOperator<T> layer, Place... places) {
    requireNonNull(name, "name");
    requireNonNull(layer, "layer");
    if (layers.putIfAbsent(name, layer) != null) {
      throw new IllegalArgumentException("there is a layer " + name + " already");
    }
    for (var place : places) {
      rules.add(
          switch (place) {
            case Place.Inside(var other) -> new Rule(other, name);
            case Place.Outside(var other) -> new Rule(name, other);
          });
    }
    return this;
  }

  /**
   * Wraps the object and returns the outermost layer.
   *
   * @throws IllegalStateException if rules name layers that there are not, or contradict each other
   */
  public T build() {
    return layers().outermost();
  }

  /**
   * Wraps the object and returns all layers.
   *
   * @throws IllegalStateException if rules name layers that there are not, or contradict each other
   */
  public Layers<T> layers() {
    checkNames();
    var order = order();
    var made = new LinkedHashMap<String, T>();
    var inner = core;
    for (var name : order.reversed()) {
      inner = requireNonNull(layers.get(name)).apply(inner);
      made.put(name, requireNonNull(inner, () -> "the layer " + name + " returned null"));
    }
    return new Layers<>(order, made, core);
  }

  private void checkNames() {
    var unknown = rules.stream()
        .flatMap(rule -> List.of(rule.outer, rule.inner).stream())
        .filter(name -> !layers.containsKey(name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "rules name " + unknown + ", but the layers are " + layers.keySet());
    }
  }

  /** Returns the names from the outermost to the innermost: at each step the first that may be next. */
  private List<String> order() {
    var left = new LinkedHashSet<>(layers.keySet());
    var order = new ArrayList<String>();
    while (!left.isEmpty()) {
      var next = left.stream()
          .filter(name -> rules.stream().noneMatch(rule -> rule.keepsBack(name, left)))
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException("the rules contradict each other: " + circleIn(left)));
      order.add(next);
      left.remove(next);
    }
    return List.copyOf(order);
  }

  /** Follows the rules from layer to layer until one comes again. */
  private String circleIn(Set<String> left) {
    var way = new ArrayList<String>();
    var name = left.iterator().next();
    while (!way.contains(name)) {
      way.add(name);
      var inner = name;
      name = rules.stream()
          .filter(rule -> rule.keepsBack(inner, left))
          .findFirst()
          .orElseThrow()
          .outer;
    }
    var circle = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
    circle.add(name);
    return String.join(" inside ", circle);
  }

  private record Rule(String outer, String inner) {

    boolean keepsBack(String name, Set<String> left) {
      return inner.equals(name) && left.contains(outer);
    }
  }

  /** Where a layer must lie. */
  public sealed interface Place {

    /**
     * Nearer to the core than another.
     *
     * @param name the other layer
     */
    record Inside(String name) implements Place {

      /** Checks the name. */
      public Inside {
        requireNonNull(name, "name");
      }
    }

    /**
     * Farther from the core than another.
     *
     * @param name the other layer
     */
    record Outside(String name) implements Place {

      /** Checks the name. */
      public Outside {
        requireNonNull(name, "name");
      }
    }
  }
}

package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The extensions of one type, as they are at the time of each call: keep this object, and plugins that
 * come, go and are replaced are seen.
 *
 * <p>Ordered by the start of their plugins, then as the plugin lists them. Safe for use by several
 * threads.
 *
 * @param <T> the type of the extensions
 */
public final class Extensions<T> {

  private final ExtensionRegistry registry;
  private final Class<T> type;

  Extensions(ExtensionRegistry registry, Class<T> type) {
    this.registry = registry;
    this.type = type;
  }

  /** Returns the present extensions. None of them is created for that. */
  public List<Extension<T>> list() {
    return registry.of(type).stream().map(entry -> new Extension<>(entry, type)).toList();
  }

  /**
   * Calls an action with each extension; one whose plugin goes meanwhile is left out.
   *
   * @throws ExtensionException if an extension cannot be created; those after it are not called
   */
  public void forEach(Consumer<? super T> action) {
    requireNonNull(action, "action");
    list().forEach(extension -> extension.tryAccept(action));
  }

  /** Returns the first extension, or nothing if there is none. */
  public Optional<Extension<T>> first() {
    return list().stream().findFirst();
  }

  /**
   * Returns the first extension for which a condition holds, or nothing.
   *
   * @throws ExtensionException if an extension that is asked cannot be created
   */
  public Optional<Extension<T>> first(Predicate<? super T> condition) {
    requireNonNull(condition, "condition");
    return list().stream()
        .flatMap(extension -> extension.filter(condition).stream())
        .findFirst();
  }
}

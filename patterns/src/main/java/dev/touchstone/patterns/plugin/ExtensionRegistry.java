package dev.touchstone.patterns.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The extensions that are in use, in the order in which their plugins were started.
 *
 * <p>Readers take one volatile read; changes are made under a lock, and seen whole.
 */
final class ExtensionRegistry {

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Map<String, List<ExtensionEntry>> byType = Map.of();

  List<ExtensionEntry> of(Class<?> type) {
    return byType.getOrDefault(type.getName(), List.of()).stream()
        .filter(entry -> entry.isOf(type))
        .toList();
  }

  /**
   * Adds an extension.
   *
   * @throws PluginUnloadedException if its plugin has ended
   */
  void add(ExtensionEntry entry) {
    lock.lock();
    try {
      if (entry.life().hasEnded()) {
        throw new PluginUnloadedException(entry.life().plugin());
      }
      put(Stream.concat(all(), Stream.of(entry)));
    } finally {
      lock.unlock();
    }
  }

  /** Takes the extensions of some plugins out of use and puts others into use, in one step. */
  void exchange(Collection<Life> old, Collection<ExtensionEntry> added) {
    lock.lock();
    try {
      put(Stream.concat(all().filter(entry -> !old.contains(entry.life())), added.stream()));
    } finally {
      lock.unlock();
    }
  }

  private Stream<ExtensionEntry> all() {
    return byType.values().stream().flatMap(List::stream);
  }

  private void put(Stream<ExtensionEntry> entries) {
    var next = new LinkedHashMap<String, List<ExtensionEntry>>();
    entries.forEach(entry ->
        next.computeIfAbsent(entry.typeName(), name -> new ArrayList<>()).add(entry));
    byType = next;
  }
}

package dev.touchstone.patterns.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The extensions that are in use, in the order in which their plugins were started.
 *
 * <p>Readers never wait; changes are made under a lock, and seen whole.
 */
final class ExtensionRegistry {

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Map<String, List<ExtensionEntry>> byType = Map.of();

  @SuppressWarnings("ReferenceEquality") // whether it was replaced, not whether by an equal one
  List<ExtensionEntry> of(Class<?> type) {
    while (true) {
      var present = byType;
      var entries = present.getOrDefault(type.getName(), List.of()).stream()
          .filter(entry -> entry.isOf(type))
          .toList();
      if (present == byType) {
        return entries;
      } // else some of them may have been forgotten, and what took their place not been seen
    }
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

  /** Takes the extensions of some plugins out of use. */
  void remove(Collection<Life> old) {
    exchange(old, Stream::empty);
  }

  /**
   * Takes the extensions of some plugins out of use and puts others into use, in one step.
   *
   * @param added called under the lock: what a plugin offers later comes after this step
   */
  void exchange(Collection<Life> old, Supplier<Stream<ExtensionEntry>> added) {
    lock.lock();
    try {
      put(Stream.concat(all().filter(entry -> !old.contains(entry.life())), added.get()));
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

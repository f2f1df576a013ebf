package dev.touchstone.patterns.plugin;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a plugin has obtained and must give back. */
final class Possessions {

  /** One thing to be given back. */
  record Owned(String name, AutoCloseable closing) {}

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ArrayDeque<Owned> owned = new ArrayDeque<>(); // under the lock; null at the end

  /** Returns false, and keeps nothing, if everything was taken already. */
  boolean add(String name, AutoCloseable closing) {
    lock.lock();
    try {
      if (owned == null) {
        return false;
      }
      owned.push(new Owned(name, closing));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything, last obtained first; nothing can be added any more. */
  List<Owned> takeAll() {
    lock.lock();
    try {
      var all = owned == null ? List.<Owned>of() : List.copyOf(owned);
      owned = null;
      return all;
    } finally {
      lock.unlock();
    }
  }
}

package dev.touchstone.examples.gateway.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When a path was changed last, by a request that is not safe: what was asked for before is not given out
 * any more (RFC 9111, section 4.4). Safe for use by several threads.
 */
final class Changes {

  /*
   * A table without the paths themselves: it takes the same memory for ever, and where two paths share a
   * place, a change of one makes the cache forget the other, too, which is safe.
   */
  private static final int PLACES = 1 << 14;

  private final AtomicLongArray last = new AtomicLongArray(PLACES);
  private final long begin;

  Changes(long now) {
    begin = now;
  }

  void changed(String path, long now) {
    last.accumulateAndGet(place(path), since(now), Math::max);
  }

  /** Returns what is another number after each change of the path. */
  long last(String path) {
    return last.get(place(path));
  }

  /** Returns whether the path was not changed since a moment, that moment included. */
  boolean areBefore(long nanos, String path) {
    return last(path) < since(nanos);
  }

  /* At least 1, so that 0 is before everything. */
  private long since(long now) {
    return now - begin + 1;
  }

  private static int place(String path) {
    var hash = path.hashCode();
    return (hash ^ (hash >>> 15)) & (PLACES - 1);
  }
}

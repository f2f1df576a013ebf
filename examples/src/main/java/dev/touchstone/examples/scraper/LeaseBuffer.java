package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.frontier.Frontier;
import dev.touchstone.examples.scraper.frontier.Lease;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Leases taken a few at a time, because one question for several costs little more than for one. */
final class LeaseBuffer {

  private static final int AT_A_TIME = 16;

  private final Frontier frontier;
  private final Map<String, Queue<Lease>> buffers = new HashMap<>();

  LeaseBuffer(Frontier frontier) {
    this.frontier = frontier;
  }

  Optional<Lease> next(String origin) {
    return Optional.ofNullable(filled(origin)).map(Queue::remove);
  }

  /** Returns whether there is a next one. If not, the origin costs no memory. */
  boolean hasMore(String origin) {
    return filled(origin) != null;
  }

  private @Nullable Queue<Lease> filled(String origin) {
    var buffer = buffers.get(origin);
    if (buffer != null && !buffer.isEmpty()) {
      return buffer;
    }
    var leases = frontier.lease(origin, AT_A_TIME);
    if (leases.isEmpty()) {
      buffers.remove(origin);
      return null;
    }
    var fresh = new ArrayDeque<>(leases);
    buffers.put(origin, fresh);
    return fresh;
  }
}

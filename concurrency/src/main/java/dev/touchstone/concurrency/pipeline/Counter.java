package dev.touchstone.concurrency.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A sum to which each thread adds in a part of its own, which needs no atomic addition. */
final class Counter {

  private final List<Part> parts = new CopyOnWriteArrayList<>();

  Part newPart() {
    var part = new Part();
    parts.add(part);
    return part;
  }

  long sum() {
    return parts.stream().mapToLong(part -> part.value.get()).sum();
  }

  /** Written by one thread. */
  static final class Part {

    private final AtomicLong value = new AtomicLong();

    void increment() {
      add(1);
    }

    void add(long more) {
      value.setRelease(value.getPlain() + more);
    }
  }
}

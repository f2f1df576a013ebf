package dev.touchstone.examples.pluginapp.recipe;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what a sink does. Safe for use by several threads. */
final class SinkFigures {

  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();

  void written(int more) {
    rows.addAndGet(more);
  }

  void triedAgain() {
    retries.incrementAndGet();
  }

  long rows() {
    return rows.get();
  }

  long retries() {
    return retries.get();
  }
}

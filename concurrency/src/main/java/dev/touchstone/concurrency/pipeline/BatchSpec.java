package dev.touchstone.concurrency.pipeline;

import java.time.Duration;
import java.util.OptionalInt;

/** Describes a stage that collects elements into lists. */
record BatchSpec(String name, int max, Duration linger, OptionalInt buffer) implements StageSpec {

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public boolean needsThreads() {
    return true;
  }
}

package dev.touchstone.concurrency.pipeline;

import java.util.OptionalInt;

/** Describes a stage. */
sealed interface StageSpec permits StepSpec, BatchSpec {

  String name();

  int parallelism();

  /** The size of the buffer in front of the stage, if it was set. */
  OptionalInt buffer();

  /** Returns whether the stage cannot share the thread of a stage with one thread before it. */
  boolean needsThreads();
}

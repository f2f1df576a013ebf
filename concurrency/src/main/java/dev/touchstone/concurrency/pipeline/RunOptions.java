package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The options of a whole run. */
record RunOptions(
    BiConsumer<? super String, Object> onUndelivered, Duration grace, TimeSource time) {

  static final RunOptions DEFAULT =
      new RunOptions((stage, element) -> {}, Duration.ofSeconds(30), TimeSource.system());
}

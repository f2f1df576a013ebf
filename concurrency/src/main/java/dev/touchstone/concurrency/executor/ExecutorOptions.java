package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.executor.ManagedExecutor.Mode;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** How an executor was built. The options are described at {@link ManagedExecutor.Builder}. */
record ExecutorOptions(
    String name,
    Mode mode,
    int concurrency,
    int queue,
    Saturation saturation,
    Duration grace,
    FailureListener failureListener,
    TimeSource time,
    ThreadFactory threads) {}

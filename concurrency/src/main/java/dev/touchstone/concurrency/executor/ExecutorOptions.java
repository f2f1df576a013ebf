package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.executor.ManagedExecutor.Mode;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How an executor was built. The options are described at {@link ManagedExecutor.Builder}. */
record ExecutorOptions(
    String name,
    Mode mode,
    int concurrency,
    int queue,
    Saturation saturation,
    Duration grace,
    @Nullable Duration queueTimeout,
    @Nullable Duration runTimeout,
    @Nullable ToLongFunction<Object> priority,
    ContextPropagation context,
    @Nullable ExecutorListener listener,
    FailureListener failureListener,
    TimeSource time,
    ThreadFactory threads) {}

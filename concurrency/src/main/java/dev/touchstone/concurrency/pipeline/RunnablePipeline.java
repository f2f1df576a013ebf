package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Describes a pipeline from its source to its end, ready to be started.
 *
 * <p>Immutable: every method but {@code start} returns a new description. It may be started several
 * times, also at the same time, as far as its source can be read several times.
 *
 * @param <R> the type of the result of a run
 */
public abstract sealed class RunnablePipeline<R extends @Nullable Object>
    permits SinkStage, RunnablePipeline.Collecting {

  final Origin origin;

  /** The stages before the last one; null if there is none. */
  final @Nullable Chain chain;

  final StepSpec last;
  final RunOptions options;

  RunnablePipeline(Origin origin, @Nullable Chain chain, StepSpec last, RunOptions options) {
    this.origin = origin;
    this.chain = chain;
    this.last = last;
    this.options = options;
  }

  abstract RunnablePipeline<R> with(RunOptions changed);

  abstract Result<R> newResult();

  /**
   * Sets who is told of each element that was under way when a run failed or was cancelled, for
   * example to close it. The default does nothing.
   *
   * <p>The handler gets the name of the stage that had the element, and the element as it was then:
   * as the stage had received it, or as it was about to pass it on. It is called once for each, by
   * the threads of the run and the one that cancels it, and must be safe for use by several threads.
   * What it throws is a failure of the run.
   */
  public final RunnablePipeline<R> onUndelivered(BiConsumer<? super String, Object> handler) {
    return with(
        new RunOptions(requireNonNull(handler, "handler"), options.grace(), options.time()));
  }

  /**
   * Sets how long {@link PipelineRun#close} lets a run drain before it cancels it. The default is
   * 30 s; zero cancels at once.
   *
   * @throws IllegalArgumentException if {@code grace} is negative
   */
  public final RunnablePipeline<R> grace(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, was " + grace);
    }
    return with(new RunOptions(options.onUndelivered(), grace, options.time()));
  }

  /** Sets where time comes from. The default is real time. Meant for tests. */
  public final RunnablePipeline<R> timeSource(TimeSource time) {
    return with(
        new RunOptions(options.onUndelivered(), options.grace(), requireNonNull(time, "time")));
  }

  /** Returns how many threads a run needs at the same time. */
  public final int threads() {
    return plan(last).threads();
  }

  /**
   * Starts a run on threads of an executor, which it occupies until the run has ended.
   *
   * <p>The executor must be able to run {@link #threads} commands at the same time, each on a thread
   * of its own; other than a {@link ManagedExecutor}, one that cannot is not recognized, and the run
   * waits until it can. Anything that runs a command on a new thread will do: {@code
   * Executors.newVirtualThreadPerTaskExecutor()}, {@code Thread::startVirtualThread}, or a method of
   * a scope that forks. If the executor shuts down or interrupts a command, the run is cancelled.
   *
   * <p>All stages see the context of the thread that calls this, if the executor is a {@link
   * ManagedExecutor} that has one.
   *
   * @throws RejectedExecutionException if a {@link ManagedExecutor} has fewer free places than the
   *     run needs, or if the executor has rejected a command; the run has been cancelled
   */
  public final PipelineRun<R> start(Executor executor) {
    requireNonNull(executor, "executor");
    var result = newResult();
    var engine = new Engine<>(plan(last.operation(result.operation())), result, options);
    Launch.on(executor, engine);
    return new PipelineRun<>(engine);
  }

  private Plan plan(StepSpec end) {
    return Plan.of(origin, new Chain(chain, end));
  }

  @Override
  public final String toString() {
    return "Pipeline" + new Chain(chain, last);
  }

  /** A pipeline whose end is a collector. */
  static final class Collecting<T, R> extends RunnablePipeline<R> {

    private final Collector<? super T, ?, R> collector;

    Collecting(
        Origin origin, @Nullable Chain chain, StepSpec last, Collector<? super T, ?, R> collector) {
      this(origin, chain, last, RunOptions.DEFAULT, collector);
    }

    private Collecting(
        Origin origin,
        @Nullable Chain chain,
        StepSpec last,
        RunOptions options,
        Collector<? super T, ?, R> collector) {
      super(origin, chain, last, options);
      this.collector = collector;
    }

    @Override
    RunnablePipeline<R> with(RunOptions changed) {
      return new Collecting<>(origin, chain, last, changed, collector);
    }

    @Override
    Result<R> newResult() {
      return Result.of(collector);
    }
  }
}

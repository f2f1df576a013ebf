package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run: its segments, and how it ends. */
final class Engine<R extends @Nullable Object> {

  /*
   * The first to set "ending" decides how the run ends, and has to abort the segments: each gives up
   * its buffer and wakes who waits there, and then every thread is interrupted. A thread that
   * finds "ending" set reports what it has in hand and leaves. Whoever takes "alive" to 0 is the
   * last: it sweeps what is left, makes the result and opens the gate. A canceller counts as
   * alive while it aborts, so that nobody is told of the end before everything has been reported.
   */

  /** How a run ends. */
  private sealed interface Ending<R extends @Nullable Object> {

    record Completed<R extends @Nullable Object>(R result) implements Ending<R> {}

    record Failed<R extends @Nullable Object>(String stage, Throwable failure)
        implements Ending<R> {}

    record Cancelled<R extends @Nullable Object>(CancellationException cause)
        implements Ending<R> {}
  }

  private final RunOptions options;
  private final Plan plan;
  private final Result<R> result;
  private final SourceSegment source;
  private final List<Segment> segments = new ArrayList<>();
  private final AtomicInteger alive;
  private final AtomicReference<@Nullable Ending<R>> ending = new AtomicReference<>();
  private final Queue<Throwable> furtherFailures = new ConcurrentLinkedQueue<>();
  private final Gate ended;

  /** The thread that is starting the workers; null before and after that. */
  private volatile @Nullable Thread launcher;

  Engine(Plan plan, Result<R> result, RunOptions options) {
    this.plan = plan;
    this.result = result;
    this.options = options;
    ended = new Gate(options.time(), plan);
    var groups = plan.groups();
    Segment next = null;
    for (int i = groups.size() - 1; i > 0; i--) {
      next = Segment.of(this, groups.get(i), next);
      segments.add(next);
    }
    source = Segment.ofSource(this, plan, next);
    segments.add(source);
    Collections.reverse(segments);
    alive = new AtomicInteger(plan.threads());
  }

  Plan plan() {
    return plan;
  }

  RunOptions options() {
    return options;
  }

  TimeSource time() {
    return options.time();
  }

  Gate ended() {
    return ended;
  }

  /** Returns the workers, those of the last stages first. */
  List<Worker> workers() {
    return segments.reversed().stream()
        .flatMap(segment -> segment.workers().stream())
        .toList();
  }

  List<StageStatistics> statistics() {
    return segments.stream().flatMap(segment -> segment.statistics().stream()).toList();
  }

  void launching(@Nullable Thread thread) {
    launcher = thread;
  }

  boolean isLaunchedBy(Thread thread) {
    return thread.equals(launcher);
  }

  /** Returns whether the run has failed, was cancelled, or has ended. */
  boolean isEnding() {
    return ending.get() != null;
  }

  void stop() {
    source.stop();
  }

  /** Called by a thread of the run. */
  void fail(String stage, Throwable failure) {
    if (ending.compareAndSet(null, new Ending.Failed<>(stage, failure))) {
      abort(failure);
    } else {
      furtherFailures.add(failure);
    }
  }

  /** Called by a thread of the run that was interrupted. */
  void interrupted(String stage, InterruptedException interrupted) {
    cancel("a thread of stage '" + stage + "' was interrupted", interrupted);
  }

  void cancel(String reason, @Nullable Throwable cause) {
    if (alive.updateAndGet(now -> now == 0 ? 0 : now + 1) == 0) {
      return;
    }
    var cancellation = new CancellationException(reason);
    cancellation.initCause(cause);
    try {
      if (ending.compareAndSet(null, new Ending.Cancelled<>(cancellation))) {
        abort(cancellation);
      }
    } finally {
      workerEnded();
    }
  }

  private void abort(Throwable cause) {
    segments.forEach(segment -> segment.abort(cause));
    for (var worker : workers()) {
      if (!worker.abandon()) {
        worker.interrupt();
      }
    }
  }

  /** Tells the user of an element that will not be delivered. */
  void report(String stage, Object element) {
    try {
      options.onUndelivered().accept(stage, element);
    } catch (Throwable failure) {
      furtherFailures.add(failure);
    }
  }

  /** Called once for each worker, whether it has run or will never run. */
  void workerEnded() {
    if (alive.decrementAndGet() != 0) {
      return;
    }
    segments.forEach(Segment::sweep);
    if (!isEnding()) {
      complete();
    }
    ended.open();
  }

  private void complete() {
    try {
      ending.set(new Ending.Completed<>(result.finish()));
    } catch (Throwable failure) {
      ending.set(new Ending.Failed<>(segments.getLast().stages.getLast().name(), failure));
    }
  }

  /** Returns the result or throws the failure of a run that has ended. */
  R outcome() {
    return switch (requireNonNull(ending.get())) {
      case Ending.Completed<R>(var result) -> result;
      case Ending.Failed<R>(var stage, var failure) ->
        throw withFurtherFailures(new PipelineFailedException(stage, failure));
      case Ending.Cancelled<R>(var cause) -> {
        var cancelled = new CancellationException(cause.getMessage());
        cancelled.initCause(cause.getCause());
        throw withFurtherFailures(cancelled);
      }
    };
  }

  /** Returns what has failed, if the run has. */
  @Nullable
  Throwable failure() {
    return ending.get() instanceof Ending.Failed<R> failed ? failed.failure() : null;
  }

  private <E extends RuntimeException> E withFurtherFailures(E exception) {
    furtherFailures.forEach(exception::addSuppressed);
    return exception;
  }
}

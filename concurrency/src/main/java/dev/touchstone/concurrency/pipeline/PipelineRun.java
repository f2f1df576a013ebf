package dev.touchstone.concurrency.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a pipeline.
 *
 * <p>It ends when the source has no more elements and all have reached the end, when a stage fails,
 * or when it is cancelled. Safe for use by several threads.
 *
 * @param <R> the type of the result
 */
public final class PipelineRun<R extends @Nullable Object> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PipelineRun.class);

  /** How long a close waits for threads that it has interrupted. */
  private static final Duration SETTLE = Duration.ofMillis(250);

  private final Engine<R> engine;

  /** Whether somebody has been told how the run ended. */
  private volatile boolean isObserved;

  PipelineRun(Engine<R> engine) {
    this.engine = engine;
  }

  /**
   * Waits until the run has ended and all its threads have left the stages.
   *
   * @return the result; null if the pipeline ends in a sink
   * @throws PipelineFailedException if a stage has failed; the cause is the first failure
   * @throws CancellationException if the run was cancelled, by {@link #cancel} or because somebody
   *     has interrupted one of its threads
   * @throws InterruptedException if the caller is interrupted on entry or while it waits; the run
   *     goes on
   * @throws IllegalStateException if called by a stage of the run
   */
  public R await() throws InterruptedException {
    throwIfStage();
    engine.ended().await();
    return outcome();
  }

  /**
   * Waits as {@link #await()} does, for a limited time.
   *
   * @param timeout how long; zero or negative does not wait
   * @throws TimeoutException if the run has not ended in time; it goes on
   */
  public R await(Duration timeout) throws InterruptedException, TimeoutException {
    throwIfStage();
    if (!engine.ended().await(timeout)) {
      throw new TimeoutException("the pipeline did not end within " + timeout);
    }
    return outcome();
  }

  private void throwIfStage() {
    if (isCalledByStage()) {
      throw new IllegalStateException("a stage cannot wait for its own run: call await elsewhere");
    }
  }

  private boolean isCalledByStage() {
    var current = Thread.currentThread();
    return engine.workers().stream().anyMatch(worker -> worker.isRunBy(current));
  }

  private R outcome() {
    isObserved = true;
    return engine.outcome();
  }

  /** Returns whether the run has ended and all its threads have left the stages. */
  public boolean isDone() {
    return engine.ended().isOpen();
  }

  /**
   * Takes no more elements from the source; those under way still go through all stages, and the run
   * then ends as if the source had ended. Does not wait.
   *
   * <p>A source that is looking for an element is interrupted; what it throws then counts as its end.
   */
  public void stop() {
    engine.stop();
  }

  /**
   * Ends the run at once: what is under way is reported as undelivered, and the threads of the stages
   * are interrupted. Does not wait for them.
   *
   * <p>Without effect on a run that is failing or has ended.
   */
  public void cancel() {
    engine.cancel("the pipeline was cancelled", null);
  }

  /**
   * Stops the run, waits until it has ended, and cancels it after the grace of the pipeline or when
   * interrupted; the interrupt flag stays set. Threads that do not answer to their interruption
   * within 250 ms are logged and left alone.
   *
   * <p>Called by a stage of the run it only stops. A failure that no {@code await} has thrown is
   * logged.
   */
  @Override
  public void close() {
    stop();
    if (isCalledByStage()) {
      return;
    }
    drainOrCancel();
    if (!isDone()) {
      log.warn("Stages of a closed pipeline do not answer to their interruption: {}", running());
    }
    var failure = engine.failure();
    if (failure != null && !isObserved) {
      isObserved = true;
      log.error("A pipeline failed, and was closed without await", failure);
    }
  }

  private void drainOrCancel() {
    var interrupted = false;
    try {
      if (engine.ended().await(engine.options().grace())) {
        return;
      }
    } catch (InterruptedException impatient) {
      interrupted = true;
    }
    cancel();
    engine.ended().awaitUninterruptibly(SETTLE);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Worker> running() {
    return engine.workers().stream().filter(Worker::isRunning).toList();
  }

  /** Returns what each stage has done so far: the source, then the stages in their order. */
  public List<StageStatistics> stages() {
    return engine.statistics();
  }

  @Override
  public String toString() {
    return "PipelineRun[" + (isDone() ? "ended" : "running") + ", " + engine.plan() + "]";
  }
}

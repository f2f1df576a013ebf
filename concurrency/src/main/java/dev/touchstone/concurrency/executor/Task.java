package dev.touchstone.concurrency.executor;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that a {@link ManagedExecutor} has accepted, and its result.
 *
 * <p>{@link #cancel cancel(true)} on work that has not started guarantees that it never starts; on
 * work that runs it completes the result with a {@link CancellationException} and interrupts the
 * thread, and the place in the executor stays taken until the work really ends. Actions of the
 * submitter happen before the work; the work happens before anything that sees its result.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the type of the result
 */
public interface Task<T extends @Nullable Object> extends Future<T> {

  /**
   * Waits for the result.
   *
   * <p>A task of the same executor that calls this on one that still waits in the queue runs it, on
   * its own thread and in its own place, and never any other; so tasks can wait for parts of their
   * work, however few places there are. The timed form does not: it could not keep the time.
   *
   * @return the result
   * @throws ExecutionException if the work failed; the cause is what it threw, or a {@link
   *     TaskExpiredException} or {@link TaskTimeoutException}
   * @throws CancellationException if the work was cancelled
   * @throws InterruptedException if the flag was set on entry or while waiting
   * @throws ExecutorStarvationException if the caller is a task for which, through others, this one
   *     waits: neither could ever end
   */
  @Override
  T get() throws InterruptedException, ExecutionException;

  /**
   * Waits for the result, through interruptions.
   *
   * <p>An interruption while it waits does not end the wait; the flag is set when it returns. Like
   * {@link #get()} it runs a task of the same executor that has not started.
   *
   * @return the result
   * @throws CompletionException if the work failed; the cause is that of {@link #get()}
   * @throws CancellationException if the work was cancelled
   * @throws ExecutorStarvationException if the caller is a task for which, through others, this one
   *     waits
   */
  T join();

  /**
   * Runs a callback when the result is there, at once if it is there already.
   *
   * <p>The callback gets the result and null, or null and what the work threw; for cancelled work
   * that is a {@link CancellationException}. It runs on the thread that completes the task, which is
   * that of a timer after a timeout, or, if the task is done, on the caller's; it must be short. What
   * it throws goes to the {@link FailureListener} of the executor.
   */
  void whenDone(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> callback);

  /**
   * Returns a future that completes as this task does.
   *
   * <p>Cancelling it cancels this task, with interruption. Other ways to complete it, such as {@code
   * orTimeout}, leave the task running. Each call returns a new one.
   */
  CompletableFuture<T> toCompletableFuture();
}

/**
 * Runs tasks on a bounded number of threads, with a bounded queue and a stated answer to overload.
 *
 * <p>Start with {@link dev.touchstone.concurrency.executor.ManagedExecutor}, which is an {@code
 * ExecutorService} for platform or for virtual threads. What it hands out are {@link
 * dev.touchstone.concurrency.executor.Task tasks}; what it does when it is full is its {@link
 * dev.touchstone.concurrency.executor.Saturation}; how it ended is told by a {@link
 * dev.touchstone.concurrency.executor.DrainReport}. What it does meanwhile is told by its {@link
 * dev.touchstone.concurrency.executor.ExecutorSnapshot snapshot}, by {@link
 * dev.touchstone.concurrency.executor.ExecutorListener events}, by {@link
 * dev.touchstone.concurrency.executor.ExecutorMetrics Micrometer} and by the flight recorder.
 *
 * <p>{@link dev.touchstone.concurrency.executor.PeriodicTask} repeats work in the background, {@link
 * dev.touchstone.concurrency.executor.Async} combines futures, and {@link
 * dev.touchstone.concurrency.executor.ShutdownCoordinator} closes the parts of an application.
 *
 * <p>Laws that all types here obey:
 *
 * <ul>
 *   <li>A method that declares {@code InterruptedException} throws it if the flag is set on entry or
 *       while it waits, and then had no effect. A method that does not declare it tries first
 *       without waiting, whatever the flag says.
 *   <li>Timeouts are read from the {@link dev.touchstone.concurrency.time.TimeSource} of the
 *       executor; zero or negative means one try.
 *   <li>A failure of a task, an {@code Error} included, frees its place and is delivered once: to
 *       the task's result or, if nobody can read that, to the {@link
 *       dev.touchstone.concurrency.executor.FailureListener}. A {@code VirtualMachineError} is
 *       delivered and also ends the thread.
 *   <li>Work sees the {@link dev.touchstone.concurrency.executor.ManagedExecutor.Builder#context
 *       context} of the thread that asked for it, whatever thread it runs on; by default there is
 *       none.
 *   <li>Cancelling is interrupting the thread that runs the task and completing its result; work
 *       that had not started never starts.
 *   <li>No foreign code runs under a lock, and nothing blocks in {@code synchronized}.
 * </ul>
 */
@NullMarked
package dev.touchstone.concurrency.executor;

import org.jspecify.annotations.NullMarked;

/**
 * State, signals and single writers that threads share, and a detector for threads that are stuck.
 *
 * <p>Start with {@link dev.touchstone.concurrency.sync.Guarded} for state that several threads
 * change, {@link dev.touchstone.concurrency.sync.WakeSignal} for a thread that works when there is
 * something to do, {@link dev.touchstone.concurrency.sync.GroupCommitter} for writes that are cheaper
 * together, and {@link dev.touchstone.concurrency.sync.StallDetector} when something hangs. Rules:
 *
 * <ul>
 *   <li>A method that declares {@code InterruptedException} throws it if the flag is set on entry or
 *       while it waits, and then had no effect.
 *   <li>Timeouts are read from a {@link dev.touchstone.concurrency.time.TimeSource}; zero or negative
 *       means one try.
 *   <li>No foreign code runs under a lock, other than that of {@code Guarded}, whose purpose that is.
 * </ul>
 */
@NullMarked
package dev.touchstone.concurrency.sync;

import org.jspecify.annotations.NullMarked;

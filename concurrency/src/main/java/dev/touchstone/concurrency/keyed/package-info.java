/**
 * Coordination by key: what concerns one key is ordered, what concerns different keys is not.
 *
 * <p>{@link dev.touchstone.concurrency.keyed.KeyedExecutor} runs the tasks of a key one after the
 * other, {@link dev.touchstone.concurrency.keyed.KeyedLock} lets one thread at a time work on a key,
 * {@link dev.touchstone.concurrency.keyed.SingleFlight} lets all who ask for a key at the same time
 * share one answer. Rules:
 *
 * <ul>
 *   <li>Keys are told apart by {@code equals} and {@code hashCode}: there are no stripes, so
 *       different keys never wait for each other. These methods of keys must not block.
 *   <li>A key that nothing is done for holds no memory.
 *   <li>A method that declares {@code InterruptedException} throws it if the flag is set on entry or
 *       while it waits, and then had no effect; if the effect was first, the method returns normally
 *       and the flag is set.
 *   <li>Timeouts are read from a {@link dev.touchstone.concurrency.time.TimeSource}; zero or negative
 *       means one try.
 * </ul>
 */
@NullMarked
package dev.touchstone.concurrency.keyed;

import org.jspecify.annotations.NullMarked;

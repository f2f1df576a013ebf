/**
 * Where jobs live: the port {@link dev.touchstone.examples.taskqueue.store.JobStore}, what goes
 * through it, and the store in memory.
 *
 * <p>Everything that ends an attempt carries a {@link dev.touchstone.examples.taskqueue.store.Fence},
 * and every store compares it in the statement that changes the row: an attempt that has been given
 * to somebody else can no longer be ended by the one who had it. All stores pass one contract suite.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.store;

import org.jspecify.annotations.NullMarked;

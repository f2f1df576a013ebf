/**
 * Locks between processes: {@link dev.touchstone.examples.lock.ProcessLock}. The operating system gives
 * them back when their process ends, however it ends.
 */
@NullMarked
package dev.touchstone.examples.lock;

import org.jspecify.annotations.NullMarked;

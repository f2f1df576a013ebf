package dev.touchstone.concurrency.sync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for a lock.
 *
 * @param lock which lock, for people
 * @param waiter the thread that waits
 * @param holder the thread that held the lock at the moment of the report; null if it was about to
 *     change hands
 * @param since when the wait began, a reading of the time source of the lock
 * @param age how long it had lasted
 */
public record LockWait(
    String lock, Thread waiter, @Nullable Thread holder, long since, Duration age) {}

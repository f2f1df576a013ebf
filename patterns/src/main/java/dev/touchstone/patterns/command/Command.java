package dev.touchstone.patterns.command;

import org.jspecify.annotations.Nullable;

/**
 * Something to be done, with all that it takes to do it. Best a record.
 *
 * @param <R> the type of the result; {@link Void} if there is none
 * @see CommandBus
 */
public interface Command<R extends @Nullable Object> {}

package dev.touchstone.patterns.command;

import org.jspecify.annotations.Nullable;

/**
 * Does something around the handling of commands: logs, measures, opens a transaction, tries again.
 *
 * @param <C> the type of the commands
 */
@FunctionalInterface
public interface Around<C> {

  /**
   * Handles a command, as a rule by letting the rest of the chain do it.
   *
   * @param command the command
   * @param next what comes after this; may be called never, once or again, with the same command or
   *     another of its class
   * @return the result: that of {@code next}, or another that the command's type of result allows
   */
  @Nullable
  Object handle(C command, Next<C> next);

  /**
   * What comes after an {@link Around}: another one, or the handler.
   *
   * @param <C> the type of the commands
   */
  @FunctionalInterface
  interface Next<C> {

    /** Handles the command and returns its result. */
    @Nullable
    Object proceed(C command);
  }
}

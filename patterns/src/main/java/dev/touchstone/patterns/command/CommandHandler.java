package dev.touchstone.patterns.command;

import org.jspecify.annotations.Nullable;

/**
 * Does what the commands of one type say.
 *
 * @param <C> the type of the commands
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface CommandHandler<C, R extends @Nullable Object> {

  /**
   * Does what the command says.
   *
   * @return the result; null only if the command's type of result allows it
   */
  R handle(C command);
}

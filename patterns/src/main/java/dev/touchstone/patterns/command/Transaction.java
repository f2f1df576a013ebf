package dev.touchstone.patterns.command;

/**
 * Executes edits that become one entry of a history together.
 *
 * @param <T> the type of the target
 * @see History#transaction
 */
@FunctionalInterface
public interface Transaction<T> {

  /** Executes an edit as part of the transaction. */
  void execute(Edit<T> edit);
}

package dev.touchstone.patterns.command;

/**
 * Turns commands into bytes and back. Safe for use by several threads.
 *
 * @param <C> the type of the commands
 */
public interface Codec<C> {

  /** Returns a command as bytes, at most 64 MiB. */
  byte[] encode(C command);

  /**
   * Returns the command that was encoded.
   *
   * @throws RuntimeException if the bytes are no command, which ends the replay
   */
  C decode(byte[] bytes);
}

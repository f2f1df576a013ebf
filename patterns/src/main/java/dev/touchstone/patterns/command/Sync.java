package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** When a {@link Journal} has the disk confirm what was appended. */
public sealed interface Sync {

  /** Returns the rule that every append waits for a confirmation of its own. The safe default. */
  static Sync every() {
    return new Every();
  }

  /**
   * Returns the rule that appends by several threads wait for one confirmation together. None returns
   * before its command is confirmed; each may take longer by the window.
   *
   * @param window how long the first append waits for others to join, at most a minute; zero to only
   *     join those that come while the disk is busy
   * @throws IllegalArgumentException if {@code window} is negative or longer
   */
  static Sync group(Duration window) {
    return new Group(window);
  }

  /**
   * Returns the rule that appends do not wait for the disk. What was appended survives the death of
   * the process, but the last part of it not that of the machine.
   */
  static Sync none() {
    return new None();
  }

  /** Every append waits for a confirmation of its own. */
  record Every() implements Sync {}

  /**
   * Appends wait for one confirmation together.
   *
   * @param window how long the first waits for others
   */
  record Group(Duration window) implements Sync {

    private static final Duration MAX = Duration.ofMinutes(1);

    /** Checks the window. */
    public Group {
      if (requireNonNull(window, "window").isNegative() || window.compareTo(MAX) > 0) {
        throw new IllegalArgumentException(
            "window must be between zero and " + MAX + ", was " + window);
      }
    }
  }

  /** Appends do not wait. */
  record None() implements Sync {}
}

package dev.touchstone.examples.cli;

/**
 * Where progress is shown.
 *
 * @param columns the width of the terminal on standard error; 0 if it is a file or a pipe
 */
record Terminal(int columns) {

  /**
   * Returns what standard error is. Java cannot tell; the launcher can, and says so in a system
   * property. Without it, standard error counts as a file.
   */
  static Terminal ofStandardError() {
    return new Terminal(Integer.getInteger("touchstone.terminal", 0));
  }

  boolean isInteractive() {
    return columns > 0;
  }
}

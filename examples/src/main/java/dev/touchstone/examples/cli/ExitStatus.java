package dev.touchstone.examples.cli;

/** What the exit statuses of {@code touchstone} mean. */
final class ExitStatus {

  /** The command did what it was asked. */
  static final int OK = 0;

  /** The command could not do it: standard error says why. */
  static final int FAILED = 1;

  /** The command line was wrong: standard error says how. */
  static final int USAGE = 2;

  /** A signal ended the command; what it had written is whole. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}

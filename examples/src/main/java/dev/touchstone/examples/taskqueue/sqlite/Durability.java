package dev.touchstone.examples.taskqueue.sqlite;

import org.sqlite.SQLiteConfig.SynchronousMode;

/** What may happen before something that was acknowledged is lost. */
public enum Durability {
  /** Nothing but the loss of the disk: each commit is flushed to it. The default. */
  SYNC(SynchronousMode.FULL),
  /** The process may be killed; a power cut may take the last commits back. */
  PROCESS(SynchronousMode.NORMAL);

  private final SynchronousMode mode;

  Durability(SynchronousMode mode) {
    this.mode = mode;
  }

  SynchronousMode mode() {
    return mode;
  }
}

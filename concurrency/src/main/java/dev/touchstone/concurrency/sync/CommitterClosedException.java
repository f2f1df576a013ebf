package dev.touchstone.concurrency.sync;

/** Thrown by, or the outcome of an item of, a {@link GroupCommitter} that was closed. */
public final class CommitterClosedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  CommitterClosedException(String name) {
    super("committer '" + name + "' is closed, and did not commit this item: submit before close");
  }
}

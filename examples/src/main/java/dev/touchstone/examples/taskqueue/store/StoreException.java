package dev.touchstone.examples.taskqueue.store;

import java.io.Serial;

/**
 * The store cannot do what it was asked, mostly for a reason of the database.
 *
 * <p>What was to be changed may have been changed, if the connection was lost while the database
 * committed; otherwise nothing was.
 */
public final class StoreException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  /** Creates an exception that a message explains. */
  public StoreException(String message) {
    super(message);
  }

  /** Creates an exception with a cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}

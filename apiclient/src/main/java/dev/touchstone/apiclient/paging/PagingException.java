package dev.touchstone.apiclient.paging;

/** The server's pages do not come to a proper end: they run in circles, lead away, or go on. */
public final class PagingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception, for a {@link Paginator} that cannot go on. */
  public PagingException(String message) {
    super(message);
  }
}

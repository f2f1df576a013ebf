package dev.touchstone.apiclient.paging;

/** The server's pages do not come to a proper end: they run in circles, lead away, or go on. */
public final class PagingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PagingException(String message) {
    super(message);
  }
}

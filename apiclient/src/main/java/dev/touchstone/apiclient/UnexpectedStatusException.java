package dev.touchstone.apiclient;

/**
 * A status that is neither a result nor an error: a redirect that was not followed, 304 without a
 * condition, a number above 599.
 */
public final class UnexpectedStatusException extends HttpStatusException {

  private static final long serialVersionUID = 1L;

  UnexpectedStatusException(ErrorContext context, String reason) {
    super(context, reason);
  }

  /** Creates the exception for an answer. */
  public UnexpectedStatusException(ErrorContext context) {
    this(context, "accept it with alsoAccept(" + context.status() + ") if it is a result");
  }

  /** Returns false: the next answer would look the same. */
  @Override
  public boolean isWorthRetryingLater() {
    return false;
  }
}

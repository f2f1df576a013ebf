package dev.touchstone.apiclient;

/**
 * A status from 500 to 599: the server failed, and may have applied the request.
 *
 * <p>Open: a client of one API has subclasses for what that API says, made by its {@link
 * ErrorMapper}.
 */
public non-sealed class ServerErrorException extends HttpStatusException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception for an answer. */
  public ServerErrorException(ErrorContext context) {
    super(context, "the request may have been applied");
  }

  /** Returns true unless the status is 501, 505 or 511, which time does not heal. */
  @Override
  public boolean isWorthRetryingLater() {
    return switch (status()) {
      case 501, 505, 511 -> false;
      default -> true;
    };
  }
}

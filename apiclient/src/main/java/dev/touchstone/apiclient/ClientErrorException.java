package dev.touchstone.apiclient;

/**
 * A status from 400 to 499 other than 429: the server does not take the request as it is.
 *
 * <p>Open: a client of one API has subclasses for what that API says, made by its {@link
 * ErrorMapper}.
 */
public non-sealed class ClientErrorException extends HttpStatusException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception for an answer. */
  public ClientErrorException(ErrorContext context) {
    super(context, advice(context.status()));
  }

  /** Returns false unless the status is 408, 421, 423 or 425: the request itself is at fault. */
  @Override
  public boolean isWorthRetryingLater() {
    return switch (status()) {
      case 408, 421, 423, 425 -> true;
      default -> false;
    };
  }

  private static String advice(int status) {
    return switch (status) {
      case 401 -> "check the credentials";
      case 403 -> "check what the credentials allow";
      case 404, 410 -> "check the path and its variables";
      case 405 -> "check the method";
      case 406, 415 -> "check the Accept and Content-Type headers";
      case 408 -> "the request may have been applied";
      case 400, 422 -> "check the body and the parameters; problem() may say which";
      default -> "";
    };
  }
}

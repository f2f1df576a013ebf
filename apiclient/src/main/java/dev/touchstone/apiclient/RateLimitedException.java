package dev.touchstone.apiclient;

/**
 * The server refused because of too many requests: status 429, or what an {@link ErrorMapper} takes
 * for the same. {@link #retryAt} says when to come back.
 */
public final class RateLimitedException extends HttpStatusException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception for an answer. */
  public RateLimitedException(ErrorContext context) {
    super(context, advice(context));
  }

  /** Returns true. */
  @Override
  public boolean isWorthRetryingLater() {
    return true;
  }

  private static String advice(ErrorContext context) {
    return context
        .retryAfter()
        .map(wait -> "come back in " + wait)
        .orElse("send fewer requests, or come back later");
  }
}

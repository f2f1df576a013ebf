package dev.touchstone.examples.clients.prometheus;

import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.ErrorContext;

/** The server understood that there was a query, and that it makes no sense. */
public final class InvalidQueryException extends ClientErrorException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String reason;

  InvalidQueryException(ErrorContext context, Refusal refusal) {
    super(context);
    kind = refusal.kind();
    reason = refusal.reason();
  }

  /**
   * Returns the server's name for the kind: {@code bad_data} if the query or a parameter cannot be
   * read, {@code execution} if it cannot be evaluated on the data that there is.
   */
  public String kind() {
    return kind;
  }

  /** Returns the server's words. They may quote the query, and so are not part of the message. */
  public String reason() {
    return reason;
  }
}

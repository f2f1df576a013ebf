package dev.touchstone.apiclient;

import java.util.Optional;

/**
 * Turns an error answer into an exception of the API at hand.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="error-mapper"}
 *
 * <p>The exception decides about retries as the client's own would: by its {@link Delivery}, its
 * status and its type. Implementations must be safe for use by several threads.
 */
@FunctionalInterface
public interface ErrorMapper {

  /** Returns the exception for an answer; empty for the one that the client would throw. */
  Optional<? extends HttpStatusException> map(ErrorContext error);
}

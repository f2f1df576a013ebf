package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.examples.gateway.backend.Backends;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends the calls of one request.
 *
 * @param backends who is called
 * @param inputs what of the request is sent on
 * @param budget how long calls may take
 */
record Sender(Backends backends, Inputs inputs, Budget budget) {

  /** The field by which a request is known on its way. */
  private static final String REQUEST_ID = "X-Request-Id";

  private static final int NOT_MODIFIED = 304;

  /**
   * Returns the answer of a backend as it came.
   *
   * @param own the time limit of the call; empty if that of the request is all there is
   * @throws PartFailure if there is none, or an error
   * @throws InterruptedException if the thread is interrupted
   */
  ApiResponse<byte[]> send(String backend, ApiRequest.Builder request, Optional<Duration> own)
      throws PartFailure, InterruptedException {
    request.timeout(budget.forCall(own)).header(REQUEST_ID, inputs.id());
    inputs.fields().forEach(request::header);
    if (inputs.isConditional()) {
      request.alsoAccept(NOT_MODIFIED);
    }
    try {
      return backends.get(backend).client().exchange(request.asBytes());
    } catch (ApiException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while calling " + backend);
      }
      throw PartFailure.of(failure);
    }
  }
}

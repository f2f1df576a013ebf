package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.examples.gateway.aggregate.Answer.Maker;
import dev.touchstone.examples.gateway.proxy.DownstreamFields;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Passes the answer of a backend on as it came. */
final class Passed {

  private Passed() {}

  /** Returns what became of a call that failed. */
  static Part failed(String name, PartFailure failure, long nanos) {
    return new Part(
        name,
        Part.Outcome.FAILED,
        Optional.of(failure.reason()),
        Duration.ZERO,
        Duration.ofNanos(nanos),
        failure.attempts());
  }

  /**
   * Returns the answer to the client.
   *
   * @param name what the call is called
   * @throws ProblemException 502 if the fields of the answer can be read in several ways
   */
  static Answer of(String name, ApiResponse<byte[]> answer, Duration took) throws ProblemException {
    var part = new Part(
        name,
        Part.Outcome.COMPLETE,
        Optional.empty(),
        Duration.ZERO,
        took,
        answer.attempts().size());
    var fields = HttpFields.build(DownstreamFields.of(answer.headers()))
        .remove(HttpHeader.CONTENT_LENGTH); // it may have been unpacked, and all of it is here
    if (answer.status() == HttpStatus.OK_200 && !fields.contains(HttpHeader.ETAG)) {
      fields.put(HttpHeader.ETAG, EntityTag.of(answer.body()));
    }
    return new Answer(
        answer.status(),
        fields,
        answer.body(),
        List.of(part),
        List.of(answer.headers()),
        Maker.BACKEND);
  }
}

package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.examples.gateway.aggregate.StepFailedException.Named;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Says to the client why there is no answer. */
final class Failures {

  private Failures() {}

  static ProblemException problem(StepFailedException failed) {
    var failure = failed.failure();
    var name = failed.name();
    var problem = Problem.of(
            status(failed), "'%s' is not available: %s".formatted(name, failure.reason()))
        .with("part", name);
    var fields = HttpFields.build();
    failure
        .retryAfter()
        .ifPresent(wait ->
            fields.put(HttpHeader.RETRY_AFTER, Math.max(1, wait.plusMillis(999).toSeconds())));
    return new ProblemException(problem, fields, failed);
  }

  /** Returns what became of the calls for which there was a problem instead of an answer. */
  static List<Part> parts(ProblemException problem) {
    return problem.getCause() instanceof StepFailedException failed ? failed.parts() : List.of();
  }

  /*
   * What the client asked for is not there, or cannot be asked for, if the call depends on nothing but the
   * request. If it depends on what another backend said, the client has done nothing wrong.
   */
  private static int status(StepFailedException failed) {
    var isOfClient = failed.named() == Named.BY_CLIENT;
    return switch (failed.failure().kind()) {
      case MISSING -> isOfClient ? 404 : 502;
      case UNADDRESSED -> isOfClient ? 400 : 502;
      case LATE -> 504;
      case RESTING -> 503;
      case BROKEN -> 502;
    };
  }

  static ProblemException collision(Merge.CollisionException collision) {
    return new ProblemException(
        Problem.of(502, String.valueOf(collision.getMessage())), HttpFields.EMPTY, collision);
  }
}

package dev.touchstone.examples.gateway.aggregate;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.aggregate.StepFailedException.Named;
import dev.touchstone.examples.gateway.backend.Backends;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.definition.Template;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.route.PathTemplate;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/**
 * The answers of one backend as it gave them, errors included, whole, so that they can be kept. Safe for use by several
 * threads.
 */
public final class ProxiedAnswers implements Answers {

  /** What of a request they depend on, beside its path: the query. */
  public static final List<Reference> INPUTS = List.of(new Reference(Plan.QUERY, List.of()));

  private final Template target;
  private final PathTemplate path;
  private final Backends backends;
  private final TimeSource time;

  /**
   * Creates one.
   *
   * @param target the backend, and the beginning of the path there
   * @param path the path of the route: what {@code {name*}} stands for, else all of it, is appended
   */
  public ProxiedAnswers(Template target, PathTemplate path, Backends backends, TimeSource time) {
    this.target = requireNonNull(target, "target");
    this.path = requireNonNull(path, "path");
    this.backends = requireNonNull(backends, "backends");
    this.time = requireNonNull(time, "time");
  }

  @Override
  public Answer answer(Inputs inputs, HttpFields request, Deadline deadline)
      throws ProblemException, InterruptedException {
    var started = time.nanoTime();
    var sender = new Sender(backends, inputs, Budget.of(deadline));
    try {
      var call = ApiRequest.get(uri(inputs)).acceptAll();
      var answer = sender.send(target.backend(), call, Optional.empty());
      return Passed.of(target.backend(), answer, Duration.ofNanos(time.nanoTime() - started));
    } catch (PartFailure failure) {
      var part = Passed.failed(target.backend(), failure, time.nanoTime() - started);
      throw Failures.problem(
          new StepFailedException(target.backend(), Named.BY_CLIENT, failure, List.of(part)));
    }
  }

  private URI uri(Inputs inputs) throws ProblemException {
    var base =
        backends.get(target.backend()).url() + (target.path().isEmpty() ? "" : "/" + target.path());
    var rest = path.hasRest() ? "/" + path.rest(inputs.path()) : inputs.path();
    var query = inputs.find(INPUTS.getFirst()).flatMap(value -> value.asText());
    try {
      return URI.create(base + rest + query.map(text -> "?" + text).orElse(""));
    } catch (IllegalArgumentException broken) {
      throw new ProblemException(
          Problem.of(400, "the address has characters that must be percent-encoded"),
          HttpFields.EMPTY,
          broken);
    }
  }
}

package dev.touchstone.examples.gateway.aggregate;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.Json;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Answers the requests of a route with calls. */
public final class AggregateHandler implements RouteHandler {

  private static final byte[] NOTHING = {};

  private final List<Reference> inputs;
  private final List<String> forward;
  private final Answers answers;
  private final Waterfalls waterfalls;
  private final TimeSource time;

  /**
   * Creates one.
   *
   * @param inputs what of a request gets into calls
   * @param forward the names of the fields that are sent on
   * @param answers where answers come from
   * @param waterfalls where it is kept what was done
   * @param time measures how long requests take
   */
  public AggregateHandler(
      List<Reference> inputs,
      List<String> forward,
      Answers answers,
      Waterfalls waterfalls,
      TimeSource time) {
    this.inputs = List.copyOf(inputs);
    this.forward = List.copyOf(forward);
    this.answers = requireNonNull(answers, "answers");
    this.waterfalls = requireNonNull(waterfalls, "waterfalls");
    this.time = requireNonNull(time, "time");
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException, IOException, InterruptedException {
    var at = time.now();
    var began = time.nanoTime();
    var status = HttpStatus.INTERNAL_SERVER_ERROR_500;
    List<Part> parts = List.of();
    try {
      var answer = answers.answer(inputs(exchange), exchange.fields(), exchange.deadline());
      parts = answer.parts();
      status = reply(exchange, answer);
    } catch (ProblemException problem) {
      status = problem.problem().status();
      parts = Failures.parts(problem);
      throw problem;
    } finally {
      var took = Duration.ofNanos(time.nanoTime() - began);
      waterfalls.add(
          new Waterfall(exchange.id(), exchange.route().name(), at, took, status, parts));
    }
  }

  private static int reply(Exchange exchange, Answer answer) throws IOException {
    var tag = answer.fields().get(HttpHeader.ETAG);
    var isKnown = tag != null
        && isReading(exchange.method())
        && EntityTag.isNamed(tag, exchange.fields().getValuesList(HttpHeader.IF_NONE_MATCH));
    if (isKnown) {
      exchange.reply(HttpStatus.NOT_MODIFIED_304, answer.fields(), NOTHING);
      return HttpStatus.NOT_MODIFIED_304;
    }
    exchange.reply(answer.status(), answer.fields(), answer.body());
    return answer.status();
  }

  private static boolean isReading(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private Inputs inputs(Exchange exchange) throws ProblemException {
    var values = new HashMap<Reference, JsonValue>();
    for (var reference : inputs) {
      value(exchange, reference).ifPresent(value -> values.put(reference, value));
    }
    var fields = new LinkedHashMap<String, String>();
    for (var name : forward) {
      var value = String.join(", ", exchange.fields().getValuesList(name));
      if (!value.isEmpty()) {
        fields.put(name, value);
      }
    }
    return new Inputs(exchange.id(), exchange.path(), values, fields);
  }

  private static Optional<JsonValue> value(Exchange exchange, Reference reference)
      throws ProblemException {
    return switch (reference.head()) {
      case Plan.QUERY -> query(exchange, reference.steps()).map(JsonText::new);
      case Plan.JWT -> claim(exchange.caller(), reference);
      default ->
        Optional.ofNullable(exchange.parameters().get(reference.head())).map(JsonText::new);
    };
  }

  /** Returns a parameter, or the whole query if none is named. */
  private static Optional<String> query(Exchange exchange, List<String> steps)
      throws ProblemException {
    return steps.isEmpty()
        ? exchange.query()
        : exchange.query(steps.getFirst()).stream().findFirst();
  }

  private static Optional<JsonValue> claim(Caller caller, Reference reference) {
    return switch (caller) {
      case Caller.Subject subject -> claim(subject.claims(), reference.steps());
      case Caller.Anonymous nobody -> Optional.empty();
      case Caller.KeyHolder holder -> Optional.empty();
    };
  }

  private static Optional<JsonValue> claim(Map<String, Object> claims, List<String> steps) {
    Object found = claims;
    for (var step : steps) {
      found = found instanceof Map<?, ?> members ? members.get(step) : null;
    }
    return Optional.ofNullable(found).map(Json::of);
  }
}

package dev.touchstone.examples.gateway.aggregate;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.aggregate.Answer.Maker;
import dev.touchstone.examples.gateway.backend.Backends;
import dev.touchstone.examples.gateway.json.Json;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Makes answers by a plan. Safe for use by several threads.
 *
 * <p>Whatever the order in which backends answer, the result is the same to the byte. A plan of one call
 * that changes nothing passes the bytes on without reading them.
 */
public final class Aggregator implements Answers {

  private static final String JSON = "application/json";

  private final Plan plan;
  private final Backends backends;
  private final StaleValues stale;
  private final TimeSource time;

  /**
   * Creates one.
   *
   * @param backends who is called
   * @param stale where the values are kept that may take the place of newer ones
   * @param time measures how long calls take
   */
  public Aggregator(Plan plan, Backends backends, StaleValues stale, TimeSource time) {
    this.plan = requireNonNull(plan, "plan");
    this.backends = requireNonNull(backends, "backends");
    this.stale = requireNonNull(stale, "stale");
    this.time = requireNonNull(time, "time");
  }

  /** Returns what is done. */
  public Plan plan() {
    return plan;
  }

  /**
   * Makes an answer, in the calling thread and others that end before it returns.
   *
   * @param inputs what of the request gets into calls
   * @param request not used: what is not sent on makes no difference
   * @param deadline when the request must be over; calls end a little earlier
   * @throws ProblemException if a required call failed, or members collide
   * @throws InterruptedException if the thread is interrupted; calls that are under way are cancelled
   */
  @Override
  public Answer answer(Inputs inputs, HttpFields request, Deadline deadline)
      throws ProblemException, InterruptedException {
    var sender = new Sender(backends, inputs, Budget.of(deadline));
    var calls = new Calls(sender, stale, plan.merge());
    try {
      return plan.isPassThrough() ? passed(calls) : merged(new Execution(plan, calls, time).run());
    } catch (StepFailedException failed) {
      throw Failures.problem(failed);
    } catch (Merge.CollisionException collision) {
      throw Failures.collision(collision);
    }
  }

  private Answer merged(List<Produced> produced) throws Merge.CollisionException {
    var merge = new Merge(plan.merge());
    var parts = new ArrayList<Part>();
    var sources = new ArrayList<Headers>();
    for (var step : plan.steps()) {
      var each = produced.get(step.index());
      if (each.shaped().isPresent()) {
        merge.add(step, each.shaped().get());
      }
      parts.add(each.part());
      sources.addAll(each.fields());
    }
    var body = Json.write(merge.result());
    var fields = HttpFields.build()
        .put(HttpHeader.CONTENT_TYPE, JSON)
        .put(HttpHeader.ETAG, EntityTag.of(body));
    var partial = PartialResponse.of(parts);
    partial.ifPresent(text -> fields.put(PartialResponse.FIELD, text));
    fields.put(HttpHeader.CACHE_CONTROL, partial.isPresent() ? "no-store" : "no-cache");
    return new Answer(HttpStatus.OK_200, fields, body, parts, sources, Maker.GATEWAY);
  }

  private Answer passed(Calls calls)
      throws StepFailedException, ProblemException, InterruptedException {
    var step = plan.steps().getFirst();
    var started = time.nanoTime();
    try {
      var address = calls.address(step.call(), calls.sender().inputs()::find);
      var answer = calls.send(step.call(), address);
      return Passed.of(step.name(), answer, Duration.ofNanos(time.nanoTime() - started));
    } catch (PartFailure failure) {
      throw new StepFailedException(
          step, failure, Passed.failed(step.name(), failure, time.nanoTime() - started));
    }
  }
}

package dev.touchstone.examples.gateway.cache;

import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.examples.gateway.aggregate.Answer;
import dev.touchstone.examples.gateway.aggregate.Answers;
import dev.touchstone.examples.gateway.aggregate.Inputs;
import dev.touchstone.examples.gateway.definition.CacheDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The answers of one route, kept or made.
 *
 * <p><b>Source:</b> RFC 9111, sections 4 and 5.2.1; RFC 5861 for stale answers.
 */
final class CachedAnswers implements Answers {

  /*
   * Those who miss at the same time share one question to the backends. It runs on a thread of its own
   * with the whole deadline of the route, so that the first one may leave without taking the answer from
   * the others. An answer that may not be kept is for the one whose request it was made for: the others
   * then ask for themselves. An incomplete one is shared, since it only tells of failures, but not kept.
   */

  /* RFC 9211. */
  private static final String STATUS = "Cache-Status";

  private static final int FAILURE = HttpStatus.INTERNAL_SERVER_ERROR_500;

  private final AnswerCache cache;
  private final Answers others;
  private final RouteDefinition route;
  private final CacheDefinition rule;
  private final AnswerCache.Counter counter;

  CachedAnswers(AnswerCache cache, Answers others, RouteDefinition route) {
    this.cache = cache;
    this.others = others;
    this.route = route;
    rule = route
        .cache()
        .orElseThrow(() -> new IllegalArgumentException(route.name() + " keeps no answers"));
    counter = cache.counter(route.name());
  }

  @Override
  public Answer answer(Inputs inputs, HttpFields request, Deadline deadline)
      throws ProblemException, InterruptedException {
    var wishes = wishes(request);
    if (wishes.has("no-store")) {
      counter.miss();
      return others.answer(inputs, request, deadline);
    }
    var key = Key.of(route.name(), inputs);
    var kept = cache.find(key);
    var now = cache.time().nanoTime();
    if (kept.isPresent() && isFresh(kept.get(), wishes, now)) {
      return hit(kept.get(), now);
    }
    if (kept.isPresent() && mayWait(kept.get(), wishes, now)) {
      cache.refresh(key, () -> ask(key, inputs, request, kept));
      return hit(kept.get(), now);
    }
    if (wishes.has("only-if-cached")) {
      throw new ProblemException(Problem.of(
          HttpStatus.GATEWAY_TIMEOUT_504,
          "there is no answer that was kept, and none is to be made"));
    }
    return made(key, inputs, request, deadline, kept);
  }

  private static Directives wishes(HttpFields request) {
    var fields = request.getValuesList(HttpHeader.CACHE_CONTROL);
    return Directives.of(fields.isEmpty() ? request.getValuesList(HttpHeader.PRAGMA) : fields);
  }

  private static boolean isFresh(Kept kept, Directives wishes, long now) {
    return !wishes.has("no-cache")
        && kept.freshness(now).isPositive()
        && wishes
            .seconds("max-age")
            .map(most -> kept.age(now).compareTo(most) <= 0)
            .orElse(true)
        && wishes
            .seconds("min-fresh")
            .map(least -> kept.freshness(now).compareTo(least) >= 0)
            .orElse(true);
  }

  private boolean mayWait(Kept kept, Directives wishes, long now) {
    return !wishes.has("no-cache")
        && !wishes.has("max-age")
        && !wishes.has("min-fresh")
        && mayBeStale(kept, rule.staleWhileRevalidate(), now);
  }

  private static boolean mayBeStale(Kept kept, Duration longest, long now) {
    return kept.storage().mayBeStale() && kept.freshness(now).negated().compareTo(longest) < 0;
  }

  private Answer made(
      Key key, Inputs inputs, HttpFields request, Deadline deadline, Optional<Kept> old)
      throws ProblemException, InterruptedException {
    var isMine = new AtomicBoolean();
    try {
      var flight = cache.ask(
          key,
          () -> {
            isMine.set(true);
            return ask(key, inputs, request, old);
          },
          deadline.remaining());
      return switch (flight) {
        case Flight.Landed failed
        when failed.answer().status() >= FAILURE && mayReplace(old) ->
          hit(old.orElseThrow(), cache.time().nanoTime());
        case Flight.Landed landed when isMine.get() || isForAll(landed) -> miss(landed);
        case Flight.Landed ofAnother -> {
          counter.miss();
          yield others.answer(inputs, request, deadline);
        }
        case Flight.Crashed crashed -> older(old, crashed.problem());
      };
    } catch (TimeoutException e) {
      return older(
          old,
          new ProblemException(Problem.of(
              HttpStatus.GATEWAY_TIMEOUT_504, "there was no answer in time; try again later")));
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer could not be made", e.getCause());
    }
  }

  private static boolean isForAll(Flight.Landed landed) {
    return landed.kept().isPresent() || !landed.answer().isComplete();
  }

  /** Asks the backends, and keeps the answer if it may be. */
  private Flight ask(Key key, Inputs inputs, HttpFields request, Optional<Kept> old)
      throws InterruptedException {
    counter.miss();
    var begin = cache.time().nanoTime();
    var validators = old.flatMap(kept -> Validators.of(kept.answer()));
    var conditional =
        validators.map(each -> inputs.withField(each.field(), each.value())).orElse(inputs);
    try {
      var deadline = Deadline.after(route.deadline(), cache.time());
      var fresh = others.answer(conditional, request, deadline);
      var answer = old.isPresent() && fresh.status() == HttpStatus.NOT_MODIFIED_304
          ? old.get().answer().confirmedBy(fresh)
          : fresh;
      var kept = Storage.of(answer, request, route.forward(), rule, cache.time().now())
          .map(storage -> new Kept(answer, storage, begin));
      kept.ifPresent(each -> cache.put(key, each));
      return new Flight.Landed(answer, kept);
    } catch (ProblemException problem) {
      return new Flight.Crashed(problem);
    }
  }

  private Answer older(Optional<Kept> old, ProblemException problem) throws ProblemException {
    if (problem.problem().status() >= FAILURE && mayReplace(old)) {
      return hit(old.orElseThrow(), cache.time().nanoTime());
    }
    throw problem;
  }

  private boolean mayReplace(Optional<Kept> old) {
    return old.isPresent()
        && mayBeStale(old.get(), rule.staleIfError(), cache.time().nanoTime());
  }

  private Answer hit(Kept kept, long now) {
    counter.hit();
    var age = Long.toString(kept.age(now).toSeconds());
    var ttl = kept.freshness(now).toSeconds();
    return new Answer(
        kept.answer().status(),
        HttpFields.build(described(kept.answer(), kept.storage(), "hit; ttl=" + ttl))
            .put(HttpHeader.AGE, age),
        kept.answer().body(),
        List.of(),
        List.of(),
        kept.answer().maker());
  }

  private Answer miss(Flight.Landed landed) {
    var answer = landed.answer();
    return landed
        .kept()
        .map(kept -> answer.withFields(described(answer, kept.storage(), "fwd=miss; stored")))
        .orElseGet(() -> answer.withFields(
            HttpFields.build(answer.fields()).put(STATUS, "touchstone; fwd=miss")));
  }

  private HttpFields described(Answer answer, Storage storage, String status) {
    var control = route.access().auth().isPresent()
        ? "private, no-cache"
        : "max-age=0, s-maxage=" + storage.lifetime().toSeconds();
    return HttpFields.build(answer.fields())
        .put(HttpHeader.CACHE_CONTROL, control)
        .put(STATUS, "touchstone; " + status);
  }
}

package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.concurrency.scope.FailedException;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.ScopeTimeoutException;
import dev.touchstone.concurrency.scope.TaskScope;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.plan.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One run of a plan. For one request. */
final class Execution {

  /*
   * All steps are forked at once, each on a virtual thread of its own; a step begins with waiting for
   * those that it needs, so each call starts the moment it can, not when a whole level is done. There are
   * no cycles, so nobody waits for ever. The first required step that fails cancels the scope: whoever
   * waits or calls is interrupted. A plan of one step needs no other thread.
   */

  private final Plan plan;
  private final Calls calls;
  private final TimeSource time;
  private final long begin;
  private final Map<String, CompletableFuture<Produced>> results = new HashMap<>();

  Execution(Plan plan, Calls calls, TimeSource time) {
    this.plan = plan;
    this.calls = calls;
    this.time = time;
    begin = time.nanoTime();
    plan.steps().forEach(step -> results.put(step.name(), new CompletableFuture<>()));
  }

  /**
   * Runs all steps.
   *
   * @return what they gave, in the order of the plan
   * @throws StepFailedException if a required one failed
   * @throws InterruptedException if the thread is interrupted: the request is given up
   */
  List<Produced> run() throws StepFailedException, InterruptedException {
    if (plan.steps().size() == 1) {
      return List.of(run(plan.steps().getFirst()));
    }
    try (var scope = TaskScope.open(
        Joiner.<Produced>allSuccessfulOrThrow(),
        options -> options.timeout(calls.sender().budget().deadline().remaining()))) {
      plan.steps().forEach(step -> scope.fork(() -> run(step)));
      return scope.join();
    } catch (FailedException failed) {
      throw StepFailedException.in(failed).after(ended());
    } catch (ScopeTimeoutException late) {
      throw late();
    }
  }

  /** Returns what it means that a call did not end by itself in time: the scope ended it. */
  private StepFailedException late() {
    var step = plan.steps().stream()
        .filter(each -> !future(each.name()).isDone())
        .findFirst()
        .orElseGet(() -> plan.steps().getLast());
    var failure = PartFailure.late();
    return new StepFailedException(step, failure, failed(step, begin, failure)).after(ended());
  }

  private List<Part> ended() {
    return plan.steps().stream()
        .map(step -> future(step.name()))
        .filter(CompletableFuture::isDone)
        .map(result -> result.join().part())
        .toList();
  }

  private Produced run(Step step) throws StepFailedException, InterruptedException {
    for (var needed : step.needs()) {
      await(plan.steps().get(needed).name());
    }
    var started = time.nanoTime();
    try {
      var produced = produced(step, had(step), started);
      future(step.name()).complete(produced);
      return produced;
    } catch (PartFailure failure) {
      throw new StepFailedException(step, failure, failed(step, started, failure));
    }
  }

  private Part failed(Step step, long started, PartFailure failure) {
    return part(
        step, Part.Outcome.FAILED, Optional.of(failure.reason()), started, failure.attempts());
  }

  private Part part(
      Step step, Part.Outcome outcome, Optional<String> reason, long started, int attempts) {
    return new Part(
        step.name(),
        outcome,
        reason,
        Duration.ofNanos(started - begin),
        Duration.ofNanos(time.nanoTime() - started),
        attempts);
  }

  private Had had(Step step) throws PartFailure, InterruptedException {
    var forEach = step.call().forEach();
    if (forEach.isEmpty()) {
      return calls.value(step.call(), this::find);
    }
    var list = forEach.get();
    return new Items(step.call(), list, calls).values(all(list.over()), this::find);
  }

  private Produced produced(Step step, Had had, long started) {
    return new Produced(
        had.value(),
        had.value().map(value -> Shaping.apply(step.call().shape(), value)),
        part(step, had.outcome(), had.reason(), started, had.attempts()),
        had.fields());
  }

  /** Returns what a reference leads to, be it to the request or to a step that this one waited for. */
  private Optional<JsonValue> find(Reference reference) {
    return results.containsKey(reference.head())
        ? all(reference).stream().findFirst()
        : calls.sender().inputs().find(reference);
  }

  private List<JsonValue> all(Reference reference) {
    return future(reference.head()).join().value().map(reference::find).orElse(List.of());
  }

  private void await(String name) throws InterruptedException {
    try {
      future(name).get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a step ends with a value or not at all", impossible);
    }
  }

  private CompletableFuture<Produced> future(String name) {
    var result = results.get(name);
    if (result == null) {
      throw new IllegalArgumentException("the plan has no step " + name);
    }
    return result;
  }
}

package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.concurrency.scope.FailedException;
import dev.touchstone.examples.gateway.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Thrown where a required call has no value, so that there is no answer. */
final class StepFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Who named what was asked for. */
  enum Named {
    /** The client, in its request. */
    BY_CLIENT,
    /** Another backend, in its answer. */
    BY_BACKEND
  }

  private final String name;
  private final Named named;
  private final PartFailure failure;
  private final transient List<Part> parts;

  StepFailedException(Step step, PartFailure failure, Part part) {
    this(
        step.name(),
        step.needs().isEmpty() ? Named.BY_CLIENT : Named.BY_BACKEND,
        failure,
        List.of(part));
  }

  StepFailedException(String name, Named named, PartFailure failure, List<Part> parts) {
    super(name + ": " + failure.reason(), failure);
    this.name = name;
    this.named = named;
    this.failure = failure;
    this.parts = List.copyOf(parts);
  }

  /** Returns the same after other calls that have ended. */
  StepFailedException after(List<Part> others) {
    var all = new ArrayList<>(others);
    all.addAll(parts);
    return new StepFailedException(name, named, failure, all);
  }

  /** Returns what became of the calls that ended, the failed one last. */
  List<Part> parts() {
    return parts;
  }

  /** Returns the one that ended a scope; anything else that did is a mistake, and thrown. */
  static StepFailedException in(FailedException ended) {
    if (ended.getCause() instanceof StepFailedException failed) {
      return failed;
    }
    throw ended;
  }

  /** Returns what failed. */
  String name() {
    return name;
  }

  Named named() {
    return named;
  }

  PartFailure failure() {
    return failure;
  }
}

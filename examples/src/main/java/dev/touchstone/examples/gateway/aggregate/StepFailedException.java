package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.concurrency.scope.FailedException;
import dev.touchstone.examples.gateway.plan.Step;

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

  StepFailedException(Step step, PartFailure failure) {
    this(step.name(), step.needs().isEmpty() ? Named.BY_CLIENT : Named.BY_BACKEND, failure);
  }

  StepFailedException(String name, Named named, PartFailure failure) {
    super(name + ": " + failure.reason(), failure);
    this.name = name;
    this.named = named;
    this.failure = failure;
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

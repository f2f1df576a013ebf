package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/** Describes a stage that does something with each element. */
record StepSpec(
    String name,
    Operation operation,
    int parallelism,
    Order order,
    ErrorPolicy<?> errors,
    OptionalInt buffer)
    implements StageSpec {

  static StepSpec of(String name, Operation operation, OptionalInt buffer) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of the stage must not be blank");
    }
    return new StepSpec(name, operation, 1, Order.Fixed.ORDERED, ErrorPolicy.fail(), buffer);
  }

  StepSpec parallel(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    return new StepSpec(name, operation, threads, order, errors, buffer);
  }

  StepSpec order(Order changed) {
    return new StepSpec(name, operation, parallelism, changed, errors, buffer);
  }

  StepSpec onError(ErrorPolicy<?> policy) {
    return new StepSpec(
        name, operation, parallelism, order, requireNonNull(policy, "policy"), buffer);
  }

  StepSpec operation(Operation changed) {
    return new StepSpec(name, changed, parallelism, order, errors, buffer);
  }

  @Override
  public boolean needsThreads() {
    return parallelism > 1 || buffer.isPresent();
  }
}

package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.ChannelClosedException;
import dev.touchstone.concurrency.channel.Sender;
import dev.touchstone.concurrency.pipeline.ErrorPolicy.Retry;
import dev.touchstone.concurrency.pipeline.Operation.Many;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One stage of one run: applies its step under its error policy, and counts. */
final class StageState {

  static final String SOURCE = "source";

  private final String name;
  private final Operation operation;
  private final ErrorPolicy<?> errors;
  private final Engine<?> engine;

  final Counter in = new Counter();
  final Counter out = new Counter();
  final Counter finished = new Counter();

  private final LongAdder failed = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder deadLettered = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder undelivered = new LongAdder();

  /** Elements that no thread of the stage has taken up and none will. */
  private final LongAdder dropped = new LongAdder();

  private StageState(String name, Operation operation, ErrorPolicy<?> errors, Engine<?> engine) {
    this.name = name;
    this.operation = operation;
    this.errors = errors;
    this.engine = engine;
  }

  static StageState of(StageSpec spec, Engine<?> engine) {
    return switch (spec) {
      case StepSpec step -> new StageState(step.name(), step.operation(), step.errors(), engine);
      case BatchSpec batch ->
        new StageState(batch.name(), Operation.NONE, ErrorPolicy.fail(), engine);
    };
  }

  static StageState ofSource(Engine<?> engine) {
    return new StageState(SOURCE, Operation.NONE, ErrorPolicy.fail(), engine);
  }

  String name() {
    return name;
  }

  /**
   * Returns what the stage makes of the element: an element, {@link Many}, or null for nothing.
   *
   * @throws Signal.Failed if the run is to fail
   * @throws InterruptedException if the step, or the wait before another attempt, was interrupted
   */
  @Nullable
  Object process(Object element) throws InterruptedException {
    return process(element, operation);
  }

  /** Does the same with another operation in place of the step. */
  @Nullable
  Object process(Object element, Operation operation) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return operation.apply(element);
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failure) {
        if (!triesAgain(failure, attempt)) {
          dropOrFail(element, failure, attempt);
          return null;
        }
      } catch (Throwable error) {
        failed.increment();
        throw new Signal.Failed(name, error);
      }
      retried.increment();
    }
  }

  /** Returns whether there is to be another attempt, after the time to wait for it. */
  private boolean triesAgain(Exception failure, int attempts) throws InterruptedException {
    if (engine.isEnding() || !(errors instanceof Retry<?> retry) || attempts > retry.times) {
      return false;
    }
    engine.time().sleep(delay(retry, failure, attempts));
    return true;
  }

  private Duration delay(Retry<?> retry, Exception failure, int attempts) {
    try {
      return requireNonNull(retry.backoff.delayAfter(attempts), "the backoff returned null");
    } catch (Exception broken) {
      broken.addSuppressed(failure);
      throw new Signal.Failed(name, broken);
    }
  }

  private void dropOrFail(Object element, Exception failure, int attempts)
      throws InterruptedException {
    failed.increment();
    if (engine.isEnding()) {
      throw new Signal.Failed(name, failure); // nobody decides about the answer to an interruption
    }
    switch (errors instanceof Retry<?> retry ? retry.last : errors) {
      case FixedPolicy.FAIL -> throw new Signal.Failed(name, failure);
      case FixedPolicy.SKIP -> skipped.increment();
      case DeadLetters<?> letters -> {
        send(letters, new DeadLetter<>(name, element, failure, attempts));
        deadLettered.increment();
      }
      case Retry<?> nested -> throw new AssertionError("a retry never ends in a retry");
    }
  }

  private void send(DeadLetters<?> letters, DeadLetter<Object> letter) throws InterruptedException {
    @SuppressWarnings("unchecked") // the policy was made for the elements of this stage
    var sender = (Sender<? super DeadLetter<Object>>) letters.sender();
    try {
      sender.send(letter);
    } catch (ChannelClosedException closed) {
      var failure = letter.failure();
      failure.addSuppressed(closed);
      throw new Signal.Failed(name, failure);
    }
  }

  /**
   * Passes on what the stage has made of an element, one after another.
   *
   * @param result what {@link #process} has returned
   */
  void passOn(@Nullable Object result, Link next) throws InterruptedException {
    if (result instanceof Many(var elements)) {
      passOnAll(elements, next);
    } else if (result != null) {
      next.accept(result);
    }
  }

  private void passOnAll(List<Object> elements, Link next) throws InterruptedException {
    int passed = 0;
    try {
      while (passed < elements.size()) {
        next.accept(elements.get(passed++));
      }
    } finally {
      elements.subList(passed, elements.size()).forEach(this::undelivered);
    }
  }

  /** Reports an element that the stage has received or was about to pass on. */
  void undelivered(Object element) {
    undelivered.increment();
    engine.report(name, element);
  }

  /** Reports what {@link #process} has returned. */
  void undeliveredResult(@Nullable Object result) {
    if (result instanceof Many(var elements)) {
      elements.forEach(this::undelivered);
    } else if (result != null) {
      undelivered(result);
    }
  }

  /** Reports an element that no thread of the stage will take up. */
  void abandoned(Object element) {
    dropped.increment();
    undelivered(element);
  }

  /** Counts an element that no thread of the stage will take up. */
  void dropped() {
    dropped.increment();
  }

  StageStatistics statistics(Stopwatch.Reading times) {
    var given = in.sum();
    var left = given - finished.sum() - dropped.sum();
    var waited = times.input() + times.output();
    return new StageStatistics(
        name,
        given,
        out.sum(),
        failed.sum(),
        skipped.sum(),
        deadLettered.sum(),
        retried.sum(),
        undelivered.sum(),
        Math.max(0, left),
        times.elapsed() == 0 ? 0 : Math.max(0, 1 - (double) waited / times.elapsed()),
        Duration.ofNanos(times.input()),
        Duration.ofNanos(times.output()));
  }
}

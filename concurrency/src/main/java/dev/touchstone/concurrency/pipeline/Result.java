package dev.touchstone.concurrency.pipeline;

import java.util.function.BiConsumer;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** What the last stage of one run does with each element, and what the run gives at its end. */
interface Result<R extends @Nullable Object> {

  Operation operation();

  /** Returns the result; called once, after the last element. */
  R finish();

  /** Returns the result of a sink: none. */
  static Result<@Nullable Void> of(Operation sink) {
    return new Result<>() {
      @Override
      public Operation operation() {
        return sink;
      }

      @Override
      public @Nullable Void finish() {
        return null;
      }
    };
  }

  /** Returns the result of a collector, with a new container. */
  static <T, A, R> Result<R> of(Collector<? super T, A, R> collector) {
    A container = collector.supplier().get();
    @SuppressWarnings("unchecked") // the elements that reach the collector are of this type
    var accumulator = (BiConsumer<A, Object>) collector.accumulator();
    return new Result<>() {
      @Override
      public Operation operation() {
        return element -> {
          accumulator.accept(container, element);
          return element;
        };
      }

      @Override
      public R finish() {
        return collector.finisher().apply(container);
      }
    };
  }
}

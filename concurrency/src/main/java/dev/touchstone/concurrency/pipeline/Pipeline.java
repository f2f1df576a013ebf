package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes a source of elements and the stages that they pass through.
 *
 * <p>This fetches eight pages at a time, keeps them in order, and stores a hundred at once:
 * {@snippet class="dev.touchstone.concurrency.pipeline.SnippetsTest" region="pipeline"}
 *
 * <p><b>Threads.</b> The source has a thread. A stage that has several threads ({@link
 * Stage#parallel}), follows such a stage, forms batches, or comes after {@link #buffer} has threads
 * of its own and a buffer in front of them, for 16 elements by default. Every other stage runs on
 * the thread of the stage before it, which costs no hand-over: use {@code buffer} where two stages
 * should work at the same time. {@link RunnablePipeline#threads} tells how many there are.
 *
 * <p><b>Back-pressure.</b> A stage whose next buffer is full waits. The elements under way are never
 * more than the threads and buffers of all stages, plus what batches hold and what one element was
 * expanded to.
 *
 * <p>Immutable: every method returns a new description, which may be extended in several ways and
 * started several times, as far as the source can be read several times.
 *
 * @param <T> the type of the elements that come out, which are never null
 */
public abstract sealed class Pipeline<T> permits Pipeline.Open, Stage {

  static final int DEFAULT_BUFFER = 16;

  private static final Duration NO_LINGER = Duration.ZERO;

  final Origin origin;

  /** The stages so far; null if there is none. */
  final @Nullable Chain chain;

  /** The size of the buffer in front of the next stage, if it was set. */
  private final OptionalInt buffer;

  Pipeline(Origin origin, @Nullable Chain chain, OptionalInt buffer) {
    this.origin = origin;
    this.chain = chain;
    this.buffer = buffer;
  }

  // Sources

  /**
   * Returns a pipeline of the elements of a collection, or of whatever makes an iterator for each
   * run.
   *
   * <p>The iterator may block. An element that is null fails the run.
   */
  public static <T> Pipeline<T> from(Iterable<? extends T> elements) {
    requireNonNull(elements, "elements");
    return new Open<>(Origin.iterable(elements));
  }

  /**
   * Returns a pipeline of what is received from a channel, until that is closed.
   *
   * <p>The run fails if the channel was closed with a cause. It does not close or cancel the
   * channel; an element that it has not received stays there. Several runs share the elements.
   */
  public static <T> Pipeline<T> from(Receiver<? extends T> channel) {
    requireNonNull(channel, "channel");
    return new Open<>(Origin.receiver(channel));
  }

  /**
   * Returns a pipeline of the elements of a stream, which is made for each run and closed at its end.
   *
   * <p>The stream is read by the thread of the source; that it is parallel has no effect.
   */
  public static <T> Pipeline<T> fromStream(Supplier<? extends Stream<? extends T>> streams) {
    requireNonNull(streams, "streams");
    return new Open<>(Origin.stream(streams));
  }

  /** Returns a pipeline of what a source returns until it returns null. */
  public static <T> Pipeline<T> generate(Source<? extends T> source) {
    requireNonNull(source, "source");
    return new Open<>(Origin.source(source));
  }

  // Stages

  /**
   * Adds a stage that turns each element into another.
   *
   * @param name names the stage in errors and statistics
   * @throws IllegalArgumentException if the name is blank
   */
  public final <R> Stage<T, R> map(String name, Step<? super T, ? extends R> step) {
    return stage(name, Operation.map(name, requireNonNull(step, "step")));
  }

  /**
   * Adds a stage that drops the elements for which the test returns false.
   *
   * @param name names the stage in errors and statistics
   * @throws IllegalArgumentException if the name is blank
   */
  public final Stage<T, T> filter(String name, Step<? super T, Boolean> test) {
    return stage(name, Operation.filter(requireNonNull(test, "test")));
  }

  /**
   * Adds a stage that turns each element into any number of others, in their order.
   *
   * <p>The result of the step is read to its end before the first element is passed on, so that a
   * failure in the middle is one of the step, and trying again repeats nothing. It must be finite
   * and fit into memory.
   *
   * @param name names the stage in errors and statistics
   * @throws IllegalArgumentException if the name is blank
   */
  public final <R> Stage<T, R> flatMap(
      String name, Step<? super T, ? extends Iterable<? extends R>> step) {
    return stage(name, Operation.flatMap(name, requireNonNull(step, "step")));
  }

  private <R> Stage<T, R> stage(String name, Operation operation) {
    return new Stage<>(origin, chain, StepSpec.of(name, operation, buffer));
  }

  /**
   * Adds a stage that takes as many elements as are there, up to {@code max}, without waiting for
   * more than the first.
   *
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  public final Pipeline<List<T>> batch(int max) {
    return batch(max, NO_LINGER);
  }

  /**
   * Adds a stage that collects elements into lists.
   *
   * <p>A list is passed on when it is full, when {@code linger} is over since its first element was
   * taken, or when there are no more elements. It is never empty; whoever receives it may change it.
   *
   * @param max the size of the lists at most, at least 1
   * @param linger how long to collect; zero or negative takes what is there
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  public final Pipeline<List<T>> batch(int max, Duration linger) {
    if (max < 1) {
      throw new IllegalArgumentException("max must be at least 1, was " + max);
    }
    requireNonNull(linger, "linger");
    var batch = new BatchSpec("batch", max, linger, buffer);
    return new Open<>(origin, new Chain(chain, batch), OptionalInt.empty());
  }

  /**
   * Lets the next stage run on threads of its own, behind a buffer.
   *
   * @param size how many elements may wait there; 0 hands each element over to a waiting thread
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws IllegalStateException if there is a buffer already
   */
  public final Pipeline<T> buffer(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative, was " + size);
    }
    if (buffer.isPresent()) {
      throw new IllegalStateException("there is a buffer of " + buffer.getAsInt()
          + " already: call buffer once between two stages");
    }
    return new Open<>(origin, chain, OptionalInt.of(size));
  }

  // Ends

  /**
   * Completes the pipeline with a sink.
   *
   * @param name names the stage in errors and statistics
   * @throws IllegalArgumentException if the name is blank
   */
  public final SinkStage<T> to(String name, Sink<? super T> sink) {
    var operation = Operation.sink(requireNonNull(sink, "sink"));
    var last = StepSpec.of(name, operation, buffer).order(Order.Fixed.UNORDERED);
    return new SinkStage<>(origin, chain, last, RunOptions.DEFAULT);
  }

  /**
   * Completes the pipeline with a list of all elements, in the order of their arrival, which is the
   * result of a run.
   */
  public final RunnablePipeline<List<T>> toList() {
    return collect(Collectors.toList());
  }

  /**
   * Completes the pipeline with a collector, whose result is the result of a run.
   *
   * <p>Each run has a container of its own, used by one thread. The stage is called {@code collect}.
   */
  public final <R> RunnablePipeline<R> collect(Collector<? super T, ?, R> collector) {
    requireNonNull(collector, "collector");
    return new RunnablePipeline.Collecting<>(
        origin, chain, StepSpec.of("collect", Operation.NONE, buffer), collector);
  }

  @Override
  public final String toString() {
    return "Pipeline" + (chain == null ? "[]" : chain);
  }

  /** A pipeline whose last stage has no options. */
  static final class Open<T> extends Pipeline<T> {

    Open(Origin origin) {
      this(origin, null, OptionalInt.empty());
    }

    Open(Origin origin, @Nullable Chain chain, OptionalInt buffer) {
      super(origin, chain, buffer);
    }
  }
}

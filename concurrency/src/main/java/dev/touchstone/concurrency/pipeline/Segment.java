package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.pipeline.Plan.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Stages of a run that share threads, and the buffer in front of them. */
abstract class Segment {

  final Engine<?> engine;
  final List<StageState> stages;

  /** Where the elements go; null if they end here. */
  private final @Nullable Segment next;

  private final List<Worker> workers;
  private final AtomicInteger working;

  Segment(Engine<?> engine, List<StageState> stages, int threads, @Nullable Segment next) {
    this.engine = engine;
    this.stages = stages;
    this.next = next;
    workers =
        IntStream.range(0, threads).mapToObj(i -> new Worker(engine, this, i)).toList();
    working = new AtomicInteger(threads);
  }

  static SourceSegment ofSource(Engine<?> engine, Plan plan, @Nullable Segment next) {
    var stages = new ArrayList<StageState>();
    stages.add(StageState.ofSource(engine));
    plan.groups().getFirst().stages().forEach(spec -> stages.add(StageState.of(spec, engine)));
    return new SourceSegment(engine, stages, plan.origin(), next);
  }

  static Segment of(Engine<?> engine, Group group, @Nullable Segment next) {
    var stages =
        group.stages().stream().map(spec -> StageState.of(spec, engine)).toList();
    var first = group.stages().getFirst();
    var buffer = first.buffer().orElse(Pipeline.DEFAULT_BUFFER);
    return switch (first) {
      case BatchSpec batch -> new BatchSegment(engine, stages, batch, buffer, next);
      case StepSpec step
      when step.parallelism() == 1 -> new SharedSegment(engine, stages, 1, buffer, next);
      case StepSpec step ->
        switch (step.order()) {
          case Order.Fixed.ORDERED ->
            new OrderedSegment(engine, stages, step.parallelism(), buffer, next);
          case Order.Fixed.UNORDERED ->
            new SharedSegment(engine, stages, step.parallelism(), buffer, next);
          case Order.ByKey byKey ->
            new KeyedSegment(engine, stages, step.parallelism(), buffer, byKey.key(), next);
        };
    };
  }

  /** Takes an element of the segment before, waiting for room; called by a thread of that one. */
  abstract void put(Object element, Worker worker) throws InterruptedException;

  /** Processes elements until there are no more; called by each thread of this segment. */
  abstract void work(Worker worker) throws InterruptedException;

  /** Learns that no elements follow. */
  abstract void close();

  /** Gives up the elements in the buffer, and wakes who waits there. */
  abstract void abort(Throwable cause);

  /** Reports the elements that are left when all threads of the run have ended. */
  void sweep() {}

  final String name() {
    return stages.getFirst().name();
  }

  final List<Worker> workers() {
    return workers;
  }

  final void workerDone() {
    if (working.decrementAndGet() == 0 && next != null && !engine.isEnding()) {
      next.close();
    }
  }

  final List<StageStatistics> statistics() {
    var times =
        workers.stream().map(Worker::times).reduce(Stopwatch.Reading.NONE, (a, b) -> a.plus(b));
    return stages.stream().map(stage -> stage.statistics(times)).toList();
  }

  final <T> Channel<T> newChannel(int capacity, Consumer<? super T> onUndelivered) {
    var builder = Channel.<T>builder().timeSource(engine.time());
    return (capacity == 0 ? builder.rendezvous() : builder.capacity(capacity))
        .onUndelivered(onUndelivered)
        .build();
  }

  /** Returns what takes the elements that the first stage has received. */
  final Link stepsOf(Worker worker) {
    return new StepLink(stages.getFirst(), connection(0, worker));
  }

  /** Returns what takes the elements that a stage passes on. */
  final Link connection(int stage, Worker worker) {
    var link = lastConnection(worker);
    for (int i = stages.size() - 1; i > stage; i--) {
      link = handOver(stages.get(i - 1), stages.get(i), link);
    }
    return link;
  }

  private Link lastConnection(Worker worker) {
    var last = stages.getLast();
    return next == null ? end(last) : outlet(last, next, worker);
  }

  private static Link end(StageState last) {
    var out = last.out.newPart();
    return element -> out.increment();
  }

  /** Connects two stages that share the thread. */
  private static Link handOver(StageState from, StageState to, Link next) {
    var out = from.out.newPart();
    var in = to.in.newPart();
    var steps = new StepLink(to, next);
    return element -> {
      out.increment();
      in.increment();
      steps.accept(element);
    };
  }

  /** Connects the last stage to the next segment. */
  private static Link outlet(StageState from, Segment next, Worker worker) {
    var out = from.out.newPart();
    var in = next.stages.getFirst().in.newPart();
    return element -> {
      try {
        next.put(element, worker);
      } catch (Throwable refused) {
        from.undelivered(element);
        throw refused;
      }
      out.increment();
      in.increment();
    };
  }
}

package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.Sender;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A segment in which each thread has a channel of its own, and elements with equal keys go to the
 * same one.
 */
final class KeyedSegment extends LaneSegment {

  private final Operation laneOf;

  KeyedSegment(
      Engine<?> engine,
      List<StageState> stages,
      int threads,
      int buffer,
      Function<Object, ?> key,
      @Nullable Segment next) {
    super(engine, stages, threads, threads, buffer / threads, next);
    laneOf = element -> {
      var hash = requireNonNull(
              key.apply(element), () -> "the key of stage '" + name() + "' was null")
          .hashCode();
      return lanes.get(Math.floorMod(hash ^ (hash >>> 16), threads));
    };
  }

  /** Finds the key as if that were a part of the step, under the same error policy. */
  @Override
  void put(Object element, Worker worker) throws InterruptedException {
    var stage = stages.getFirst();
    var lane = stage.process(element, laneOf);
    if (lane == null) {
      stage.dropped();
    } else {
      worker.send(asLane(lane), element);
    }
  }

  @SuppressWarnings("unchecked") // it is what laneOf has returned
  private static Sender<Object> asLane(Object lane) {
    return (Sender<Object>) lane;
  }

  @Override
  void work(Worker worker) throws InterruptedException {
    work(lanes.get(worker.index()), worker);
  }
}

package dev.touchstone.concurrency.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A segment whose threads take the elements from one channel, and pass them on as they finish. */
final class SharedSegment extends LaneSegment {

  SharedSegment(
      Engine<?> engine, List<StageState> stages, int threads, int buffer, @Nullable Segment next) {
    super(engine, stages, threads, 1, buffer, next);
  }

  @Override
  void put(Object element, Worker worker) throws InterruptedException {
    worker.send(lanes.getFirst(), element);
  }

  @Override
  void work(Worker worker) throws InterruptedException {
    work(lanes.getFirst(), worker);
  }
}

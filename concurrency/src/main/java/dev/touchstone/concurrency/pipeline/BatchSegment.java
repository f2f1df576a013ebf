package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.channel.ChannelClosedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A segment whose first stage collects elements into lists. */
final class BatchSegment extends LaneSegment {

  private final BatchSpec spec;

  BatchSegment(
      Engine<?> engine,
      List<StageState> stages,
      BatchSpec spec,
      int buffer,
      @Nullable Segment next) {
    super(engine, stages, 1, 1, buffer, next);
    this.spec = spec;
  }

  @Override
  void put(Object element, Worker worker) throws InterruptedException {
    worker.send(lanes.getFirst(), element);
  }

  @Override
  void work(Worker worker) throws InterruptedException {
    var batching = stages.getFirst();
    var finished = batching.finished.newPart();
    var next = connection(0, worker);
    while (true) {
      worker.throwIfInterrupted();
      List<Object> batch;
      try {
        batch = worker.receiveBatch(lanes.getFirst(), spec.max(), spec.linger());
      } catch (ChannelClosedException end) {
        return;
      }
      if (engine.isEnding()) {
        batch.forEach(batching::abandoned);
        return;
      }
      var size = batch.size(); // whoever gets the list may change it
      try {
        next.accept(batch);
      } finally {
        finished.add(size);
      }
    }
  }
}

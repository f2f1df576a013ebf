package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A segment whose buffer is one channel or several. */
abstract class LaneSegment extends Segment {

  final List<Channel<Object>> lanes;

  LaneSegment(
      Engine<?> engine,
      List<StageState> stages,
      int threads,
      int lanes,
      int capacity,
      @Nullable Segment next) {
    super(engine, stages, threads, next);
    var first = stages.getFirst();
    this.lanes = IntStream.range(0, lanes)
        .mapToObj(i -> newChannel(capacity, first::abandoned))
        .toList();
  }

  /** Passes the elements of a lane through the stages until there are no more. */
  final void work(Channel<Object> lane, Worker worker) throws InterruptedException {
    var first = stages.getFirst();
    var steps = stepsOf(worker);
    while (true) {
      worker.throwIfInterrupted();
      Object element;
      try {
        element = worker.receive(lane);
      } catch (ChannelClosedException end) {
        return;
      }
      if (engine.isEnding()) {
        first.abandoned(element);
        return;
      }
      steps.accept(element);
    }
  }

  @Override
  final void close() {
    lanes.forEach(Channel::close);
  }

  @Override
  final void abort(Throwable cause) {
    lanes.forEach(lane -> lane.cancel(cause));
  }
}

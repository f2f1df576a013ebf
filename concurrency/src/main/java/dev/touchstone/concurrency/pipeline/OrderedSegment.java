package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A segment of one stage with several threads, which keeps the elements in their order. */
final class OrderedSegment extends Segment {

  /*
   * Each element gets a cell, which goes into two channels. The threads take cells from "work", in
   * any order and at any speed. "Order" has the cells as they came, and a cell leaves it only to be
   * passed on. So the bound of "order" is the bound of all that is under way here: waiting, being
   * processed, or finished and waiting for an earlier one. A place of that bound is the head, which
   * has left the channel and waits to be finished. "Work" has room for as much and is never full.
   *
   * Whoever finishes a cell passes on those that are finished from the head on, unless another
   * thread is about to do that. "Signals" counts finished cells that nobody has looked at: the
   * thread that makes it 1 is the one to pass on, and it leaves only after making it 0, so a cell
   * that is finished meanwhile is never overlooked. It is the drain loop of the RxJava operators.
   *
   * When the run is ending, nobody but sweep(), after the last thread, answers for what is left.
   */

  private final StageState stage = stages.getFirst();
  private final Channel<Cell> order;
  private final Channel<Cell> work;
  private final AtomicInteger signals = new AtomicInteger();

  /** Whether a thread can start only after the head has left its place in "order". */
  private final boolean isTight;

  /** The next cell to pass on; used by the thread whose turn it is. */
  private @Nullable Cell head;

  OrderedSegment(
      Engine<?> engine, List<StageState> stages, int threads, int buffer, @Nullable Segment next) {
    super(engine, stages, threads, next);
    var places = threads + buffer;
    isTight = buffer == 0;
    order = newChannel(places - 1, cell -> {});
    work = newChannel(places, cell -> {});
  }

  private static final class Cell {

    final Object element;

    /** Written before and read after {@link #isFinished}. */
    @Nullable
    Object result;

    volatile boolean isFinished;

    Cell(Object element) {
      this.element = element;
    }
  }

  @Override
  void put(Object element, Worker worker) throws InterruptedException {
    var cell = new Cell(element);
    worker.send(order, cell);
    try {
      work.trySend(cell);
    } catch (ChannelClosedException ending) {
      return; // the cell is in its place, from where it will be swept
    }
  }

  @Override
  void work(Worker worker) throws InterruptedException {
    var next = connection(0, worker);
    var finished = stage.finished.newPart();
    while (true) {
      worker.throwIfInterrupted();
      Cell cell;
      try {
        cell = worker.receive(work);
      } catch (ChannelClosedException end) {
        return;
      }
      if (engine.isEnding()) {
        return; // the cell will be swept
      }
      if (isTight) {
        signal(next, finished);
      }
      cell.result = stage.process(cell.element);
      cell.isFinished = true;
      signal(next, finished);
    }
  }

  private void signal(Link next, Counter.Part finished) throws InterruptedException {
    if (signals.getAndIncrement() == 0) {
      passOnFinished(next, finished);
    }
  }

  private void passOnFinished(Link next, Counter.Part finished) throws InterruptedException {
    var seen = 1;
    do {
      for (var cell = finishedHead(); cell != null; cell = finishedHead()) {
        head = null;
        try {
          stage.passOn(cell.result, next);
        } finally {
          finished.increment();
        }
      }
      seen = signals.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Returns the next cell to pass on if it is finished. */
  private @Nullable Cell finishedHead() {
    if (head == null) {
      head = nextHead();
    }
    return head != null && head.isFinished ? head : null;
  }

  private @Nullable Cell nextHead() {
    try {
      return order.tryReceive();
    } catch (ChannelClosedException end) {
      return null;
    }
  }

  @Override
  void close() {
    order.close();
    work.close();
  }

  @Override
  void abort(Throwable cause) {
    order.close(cause);
    work.cancel(cause);
  }

  @Override
  void sweep() {
    for (var cell = nextCell(); cell != null; cell = nextCell()) {
      stage.dropped();
      if (cell.isFinished) {
        stage.undeliveredResult(cell.result);
      } else {
        stage.undelivered(cell.element);
      }
    }
  }

  private @Nullable Cell nextCell() {
    var cell = head != null ? head : nextHead();
    head = null;
    return cell;
  }
}

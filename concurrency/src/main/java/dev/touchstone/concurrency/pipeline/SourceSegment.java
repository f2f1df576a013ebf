package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.pipeline.Origin.Cursor;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The segment of the source: looks for elements until there are no more, or until it is stopped. */
final class SourceSegment extends Segment {

  /*
   * Stopping a run interrupts the source if it is looking for an element, but must not interrupt the
   * stages that run on the same thread: those are to finish what they have. So the thread says when
   * it looks, and an interruption that came while it looked is cleared when it has done so. The
   * lock is only taken by who stops, and by the thread if it was stopped while it looked.
   */
  private enum State {
    PASSING_ON,
    LOOKING,
    STOPPED
  }

  private final Origin origin;
  private final AtomicReference<State> state = new AtomicReference<>(State.PASSING_ON);
  private final ReentrantLock stopping = new ReentrantLock();

  SourceSegment(Engine<?> engine, List<StageState> stages, Origin origin, @Nullable Segment next) {
    super(engine, stages, 1, next);
    this.origin = origin;
  }

  @Override
  void work(Worker worker) throws InterruptedException {
    try (var reader = new Reader(worker)) {
      var source = stages.getFirst();
      var in = source.in.newPart();
      var finished = source.finished.newPart();
      var next = connection(0, worker);
      for (var element = reader.next(); element != null; element = reader.next()) {
        in.increment();
        try {
          if (engine.isEnding()) {
            source.undelivered(element);
            return;
          }
          next.accept(element);
        } finally {
          finished.increment();
        }
      }
    }
  }

  /** Lets the source return no more elements, and interrupts it if it is looking for one. */
  void stop() {
    stopping.lock();
    try {
      if (state.getAndSet(State.STOPPED) == State.LOOKING) {
        workers().getFirst().interrupt();
      }
    } finally {
      stopping.unlock();
    }
  }

  @Override
  void put(Object element, Worker worker) {
    throw new AssertionError("nothing comes before the source");
  }

  @Override
  void close() {}

  @Override
  void abort(Throwable cause) {
    stop();
  }

  /** Reads the source; used by its thread. */
  private final class Reader implements AutoCloseable {

    private final Worker worker;
    private @Nullable Cursor cursor;

    Reader(Worker worker) {
      this.worker = worker;
    }

    /** Returns the next element, or null if there are no more or the run was stopped. */
    @Nullable
    Object next() throws InterruptedException {
      worker.throwIfInterrupted();
      if (!state.compareAndSet(State.PASSING_ON, State.LOOKING)) {
        return null;
      }
      try {
        var element = look();
        wasStopped();
        return element;
      } catch (Exception failure) {
        if (wasStopped()) {
          return null; // it was the answer to the interruption
        }
        if (failure instanceof InterruptedException interrupted) {
          throw interrupted;
        }
        throw new Signal.Failed(StageState.SOURCE, failure);
      }
    }

    private @Nullable Object look() throws Exception {
      var open = cursor;
      if (open == null) {
        open = origin.open();
        cursor = open;
      }
      return open.next(worker);
    }

    /** Ends the look; returns whether the run was stopped during it. */
    private boolean wasStopped() {
      if (state.compareAndSet(State.LOOKING, State.PASSING_ON)) {
        return false;
      }
      stopping.lock(); // whoever stops has interrupted this thread when it lets go of the lock
      try {
        if (!engine.isEnding()) {
          Thread.interrupted();
        }
        return true;
      } finally {
        stopping.unlock();
      }
    }

    @Override
    public void close() {
      if (cursor != null) {
        try {
          cursor.close();
        } catch (Throwable failure) {
          engine.fail(StageState.SOURCE, failure);
        }
      }
    }
  }
}

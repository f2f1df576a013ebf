package dev.touchstone.patterns.command;

import dev.touchstone.patterns.observe.Signal;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of a history on their way to those who listen: in order, and outside of any lock. */
final class ChangeReports {

  private static final Logger log = LoggerFactory.getLogger(ChangeReports.class);

  private final Signal<Change> signal =
      Signal.create(failure -> log.warn("{}", failure, failure.cause()));
  private final ConcurrentLinkedQueue<Change> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean delivering = new AtomicBoolean();
  private volatile boolean observed;

  Signal.View<Change> view() {
    observed = true;
    return signal.view();
  }

  /** Notes a change, while it is made. */
  void add(Change.Kind kind, String label) {
    if (observed) {
      waiting.add(new Change(kind, label));
    }
  }

  /**
   * Tells the listeners what was noted, unless a call further up or another thread is doing that,
   * which then goes on with it.
   */
  void deliver() {
    while (!waiting.isEmpty() && delivering.compareAndSet(false, true)) {
      try {
        for (var change = waiting.poll(); change != null; change = waiting.poll()) {
          signal.emit(change);
        }
      } finally {
        delivering.set(false);
      }
    }
  }
}

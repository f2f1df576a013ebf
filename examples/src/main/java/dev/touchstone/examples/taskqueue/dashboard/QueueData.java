package dev.touchstone.examples.taskqueue.dashboard;

import dev.touchstone.examples.taskqueue.admin.DeadGroup;
import dev.touchstone.examples.taskqueue.admin.Examination;
import dev.touchstone.examples.taskqueue.admin.RecentFigures;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.web.Remembered;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** All that the pages show. What takes long to get is got seldom. For all threads. */
final class QueueData {

  /** What the figures go back to. */
  static final Duration WINDOW = Duration.ofMinutes(61);

  /** An examination writes something, to see how long that takes. */
  private static final Duration EXAMINED = Duration.ofSeconds(10);

  private final JobStore store;
  private final Remembered<List<QueueView>> queues;
  private final Remembered<List<DeadGroup>> dead;
  private final Remembered<RecentFigures> figures;
  private final Remembered<Examination> examination;

  QueueData(JobStore store, LongSupplier nanoTime, InstantSource clock) {
    this.store = store;
    queues = new Remembered<>(store::queues, nanoTime);
    dead = new Remembered<>(() -> DeadGroup.of(store), nanoTime);
    figures =
        new Remembered<>(() -> new RecentFigures(store.now(), store.counted(WINDOW)), nanoTime);
    examination =
        new Remembered<>(() -> Examination.of(store, Set.of(), clock), nanoTime, EXAMINED);
  }

  JobStore store() {
    return store;
  }

  List<QueueView> queues() {
    return queues.get();
  }

  List<DeadGroup> dead() {
    return dead.get();
  }

  RecentFigures figures() {
    return figures.get();
  }

  Examination examination() {
    return examination.get();
  }
}

package dev.touchstone.queues;

import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.Outcome;
import dev.touchstone.examples.taskqueue.QueueWorker;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The task queue of this project, in any store. */
final class Ours implements Candidate {

  private static final int BATCH = 1_000;

  private final String label;
  private final JobStore store;
  private final TaskQueue queue;
  private QueueWorker worker;

  @JobKind("compare.nothing")
  record Nothing(long number) {}

  Ours(String label, JobStore store) {
    this.label = label;
    this.store = store;
    queue = TaskQueue.open(store);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int jobs() {
    return 60_000;
  }

  @Override
  public void enqueue(long number) {
    queue.enqueue(new Nothing(number));
  }

  @Override
  public void enqueueAll(int count) {
    for (int from = 0; from < count; from += BATCH) {
      List<Nothing> batch = LongStream.range(from, Math.min(count, from + BATCH))
          .mapToObj(Nothing::new)
          .toList();
      queue.enqueueAll(batch, options -> {});
    }
  }

  @Override
  public void work(Consumer<Long> begun) {
    worker = queue
        .worker()
        .queue("default", WORKERS)
        .handle(Nothing.class, (job, context) -> {
          begun.accept(job.number());
          return Outcome.done();
        })
        .start();
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    store.close();
  }
}

package dev.touchstone.examples.taskqueue;

import dev.touchstone.concurrency.sync.GroupCommitter;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Settlement;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the ends of attempts down, in batches of what has come together. */
final class Settler implements AutoCloseable {

  /*
   * While the store fails, the batch is tried again until its leases are over: from then on the
   * jobs are somebody else's. A batch that was written although the store said that it failed is
   * refused the second time, which is as good.
   */

  private static final int MOST = 2_000;
  private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(250);

  private final JobStore store;
  private final TimeSource time;
  private final int capacity;

  /** Those that were handed over and are not written yet. */
  private final AtomicInteger pending = new AtomicInteger();

  private final GroupCommitter<Item, Boolean> committer;

  private record Item(Settlement settlement, Lease lease) {}

  Settler(JobStore store, TimeSource time, ThreadFactory threads, int capacity) {
    this.store = store;
    this.time = time;
    this.capacity = capacity;
    committer = GroupCommitter.<Item, Boolean>builder(this::commit)
        .name("queue-settler")
        .maxBatch(MOST)
        .capacity(capacity)
        .timeSource(time)
        .threadFactory(threads)
        .open();
  }

  /** Returns how many attempts may end before one of them has to be written. */
  int room() {
    return capacity - pending.get();
  }

  /**
   * Hands over the end of an attempt. Does not wait: whoever begins attempts sees to it that
   * there is {@link #room} for the ends of all.
   *
   * @param told whether it was accepted; a failure if it could not be written while the lease lasted
   */
  void settle(Settlement settlement, Lease lease, BiConsumer<Boolean, @Nullable Throwable> told) {
    pending.incrementAndGet();
    var unused = committer
        .trySubmit(new Item(settlement, lease))
        .orElseThrow(() -> new IllegalStateException("more attempts ended than were begun"))
        .whenComplete((accepted, failure) -> {
          pending.decrementAndGet();
          told.accept(accepted, failure);
        });
  }

  private List<Boolean> commit(List<Item> items) throws InterruptedException {
    var settlements = items.stream().map(Item::settlement).toList();
    while (true) {
      try {
        var refused = store.settle(settlements);
        return items.stream().map(item -> !refused.contains(fence(item))).toList();
      } catch (StoreException e) {
        if (items.stream().allMatch(item -> item.lease().isOver())) {
          throw e;
        }
        time.sleep(BEFORE_NEXT_TRY);
      }
    }
  }

  private static Fence fence(Item item) {
    return item.settlement().fence();
  }

  /** Writes what was handed over. */
  @Override
  public void close() {
    committer.close();
  }
}

package dev.touchstone.examples.taskqueue.admin;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes jobs of dead letters little by little, so that what they failed at is not overrun by
 * them.
 */
public final class PacedRedrive {

  /** Several at once if there are many, so that each takes no transaction of its own. */
  private static final double STEPS_PER_SECOND = 10;

  private static final int PAGE = 1_000;

  private final JobStore store;
  private final double perSecond;
  private final TimeSource time;

  /**
   * Creates a pace.
   *
   * @param perSecond how many a second
   * @throws IllegalArgumentException if that is not positive
   */
  public PacedRedrive(JobStore store, double perSecond, TimeSource time) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("perSecond must be positive, was " + perSecond);
    }
    this.store = store;
    this.perSecond = perSecond;
    this.time = time;
  }

  /**
   * Redrives what is a dead letter of the filter now, the oldest first.
   *
   * @return how many jobs it made
   * @throws InterruptedException if the flag was set on entry or while waiting; the rest stays dead
   */
  public int run(JobFilter filter, int most) throws InterruptedException {
    var all = ids(filter.within(BulkAction.REDRIVE.statuses()));
    var ids = all.subList(0, Math.min(most, all.size()));
    var step = (int) Math.max(1, Math.round(perSecond / STEPS_PER_SECOND));
    var next = time.nanoTime();
    int count = 0;
    for (int from = 0; from < ids.size(); from += step) {
      time.sleep(Duration.ofNanos(Math.max(0, next - time.nanoTime())));
      count +=
          BulkAction.REDRIVE.apply(store, ids.subList(from, Math.min(ids.size(), from + step)));
      next += (long) (step / perSecond * 1e9);
    }
    return count;
  }

  /**
   * Returns the numbers, the oldest first. The jobs themselves might be too much to hold at once.
   */
  private List<Long> ids(JobFilter wanted) {
    var ids = new ArrayList<Long>();
    var next = wanted.before();
    do {
      var page = store.search(next.isPresent() ? wanted.before(next.getAsLong()) : wanted, PAGE);
      page.jobs().forEach(job -> ids.add(job.id()));
      next = page.next();
    } while (next.isPresent());
    return ids.reversed();
  }
}

package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.sync.WakeSignal;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims jobs for the lanes that want some, on a thread of its own, and starts their runs. */
final class Dispatcher {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final Means means;
  private final Chance chance;
  private final Set<JobForm> serves = new HashSet<>();
  private final Set<String> queues = new LinkedHashSet<>();
  private final Thread thread;
  private volatile boolean isStopping;

  /** The greatest token that a claim has brought. For the thread of the dispatcher. */
  private long newestToken;

  /** Whether fewer jobs were claimed than wanted, because too many ends are not written yet. */
  private volatile boolean isBackedUp;

  /** Whether a claim was not answered: the store may have given jobs that nobody here knows of. */
  private boolean isUnsure;

  /** What it works with. */
  record Means(
      JobStore store,
      List<Lane> lanes,
      Map<String, HandlerEntry<?>> handlers,
      LeaseKeeper keeper,
      Settler settler,
      Tally tally,
      QueueFigures figures) {}

  /** When it works: what wakes it, what time it is, and what varies. */
  record Chance(WakeSignal signal, TimeSource time, RandomGenerator random) {}

  Dispatcher(Means means, Chance chance, ThreadFactory threads, String name) {
    this.means = means;
    this.chance = chance;
    means.handlers().values().forEach(entry -> serves.addAll(entry.serves()));
    means.lanes().forEach(lane -> queues.add(lane.queue()));
    thread = threads.newThread(this::dispatch);
    thread.setName("queue-dispatcher-" + name);
  }

  void start() {
    thread.start();
  }

  /** Stops, and waits for that; returns whether it was interrupted meanwhile. */
  boolean stop() {
    isStopping = true;
    chance.signal().signal();
    var interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt(); // it may be waiting for the store to come back
      }
    }
  }

  private void dispatch() {
    while (!isStopping) {
      try {
        if (!claim()) {
          means.store().untilDue(queues).ifPresent(chance.signal()::dueIn);
          chance.signal().await();
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException e) {
        log.warn("Cannot claim jobs, and will try again", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      chance.time().sleep(BEFORE_NEXT_TRY);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Claims for every lane that wants something; returns whether there may be more. */
  private boolean claim() {
    var lease = means.keeper().lease();
    if (lease.isEmpty()) {
      return false;
    }
    if (isUnsure) {
      means.store().takeBack(lease.get().worker(), newestToken);
      isUnsure = false;
    }
    isBackedUp = true; // before looking, so that whoever makes room from now on tells
    var isLimited = false;
    var isMore = false;
    for (var lane : means.lanes()) {
      var wanted = Math.min(lane.wanted(), room());
      isLimited |= wanted < lane.wanted();
      if (wanted > 0) {
        var jobs = claim(new ClaimRequest(lease.get().worker(), serves, lane.asks(wanted), wanted));
        means.tally().claimed(jobs.size());
        lane.claimed(wanted, jobs.size());
        jobs.forEach(job -> start(job, lane, lease.get()));
        isMore |= jobs.size() == wanted && lane.wanted() > 0;
      }
    }
    isBackedUp = isLimited;
    return isMore;
  }

  /**
   * Returns how many jobs may be claimed so that there is room for the ends of all: while the
   * store takes no ends it may well give jobs.
   */
  private int room() {
    var running = means.lanes().stream().mapToInt(lane -> lane.runs().size()).sum();
    return Math.max(0, means.settler().room() - running);
  }

  private List<ClaimedJob> claim(ClaimRequest request) {
    isUnsure = true;
    var jobs = means.store().claim(request);
    isUnsure = false;
    for (var job : jobs) {
      newestToken = Math.max(newestToken, job.fence().token());
    }
    return jobs;
  }

  private void start(ClaimedJob job, Lane lane, Lease lease) {
    var entry = requireNonNull(means.handlers().get(job.form().kind()));
    lane.start(new JobRun(job, lease, entry, new RunSurroundings(lane)));
  }

  /** What the runs of a lane need. */
  private final class RunSurroundings implements JobRun.Surroundings {

    private final Lane lane;

    RunSurroundings(Lane lane) {
      this.lane = lane;
    }

    @Override
    public JobContext context(ClaimedJob job) {
      return new JobContext(job, means.store(), chance.time());
    }

    @Override
    public void began(ClaimedJob job) {
      means.figures().started(job);
    }

    @Override
    public TimeSource time() {
      return chance.time();
    }

    @Override
    public RandomGenerator random() {
      return chance.random();
    }

    @Override
    public void settle(JobRun run, Settlement settlement) {
      if (run.lease().isOver()) {
        means.tally().refused(); // by ourselves: the store would as well
        return;
      }
      means.settler().settle(settlement, run.lease(), (accepted, failure) -> {
        if (isBackedUp) {
          chance.signal().signal();
        }
        if (failure != null) {
          log.warn("The end of {} could not be written down", run, failure);
        } else if (accepted || run.isCompleted()) {
          means.tally().settled(settlement);
          means.figures().settled(lane.queue(), settlement);
          if (lane.isHungry()) {
            chance.signal().signal(); // now that it has ended, the limits may allow another
          }
        } else {
          log.warn("The end of {} was refused: it is no longer this worker's", run);
          means.tally().refused();
        }
      });
    }

    @Override
    public void left(JobRun run) {
      lane.left(run);
      if (!lane.isHungry() && lane.wanted() > 0) {
        chance.signal().signal();
      }
    }
  }
}

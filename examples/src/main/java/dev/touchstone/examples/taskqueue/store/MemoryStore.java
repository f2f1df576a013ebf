package dev.touchstone.examples.taskqueue.store;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.store.QueueLimits.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store that forgets everything with its process. For tests of what uses a queue.
 *
 * <p>All of it is guarded by one lock; listeners are called without it.
 */
public final class MemoryStore implements JobStore {

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** All guarded by the lock. */
  private final MemoryJobs jobs;

  private final TreeMap<Long, MemoryWorker> workers = new TreeMap<>();
  private final TreeMap<String, QueueLimits> limits = new TreeMap<>();
  private final Map<String, Optional<Bucket>> buckets = new HashMap<>();
  private final TreeMap<String, ScheduleView> schedules = new TreeMap<>();
  private final Set<String> fired = new HashSet<>();
  private final List<MinuteAmount> counted = new ArrayList<>();
  private long lastToken;
  private boolean isClosed;

  private record MemoryWorker(String name, Instant startedAt, Instant leaseUntil, Duration ttl) {}

  private MemoryStore(InstantSource clock) {
    this.clock = clock;
    jobs = new MemoryJobs(clock);
  }

  /** Returns an empty store by the clock of this machine. */
  public static MemoryStore open() {
    return open(InstantSource.system());
  }

  /** Returns an empty store by a clock of its own. Meant for tests. */
  public static MemoryStore open(InstantSource clock) {
    return new MemoryStore(requireNonNull(clock, "clock"));
  }

  private <T> T guarded(Supplier<T> work) {
    lock.lock();
    try {
      if (isClosed) {
        throw new IllegalStateException("the store is closed");
      }
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private <T> T guardedAndTold(Supplier<T> work) {
    var result = guarded(work);
    listeners.forEach(Runnable::run);
    return result;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public List<Enqueued> enqueue(List<NewJob> added) {
    return guardedAndTold(() -> added.stream().map(job -> jobs.add(job, null)).toList());
  }

  // Workers

  @Override
  public long register(String name, Duration ttl) {
    return guarded(() -> {
      var id = ++lastToken;
      workers.put(id, new MemoryWorker(name, now(), now().plus(ttl), ttl));
      return id;
    });
  }

  private boolean isAlive(long worker) {
    var known = workers.get(worker);
    return known != null && known.leaseUntil().isAfter(now());
  }

  @Override
  public Optional<List<Fence>> heartbeat(long worker, Duration ttl) {
    return guarded(() -> {
      if (!isAlive(worker)) {
        return Optional.empty();
      }
      var known = requireNonNull(workers.get(worker));
      workers.put(
          worker, new MemoryWorker(known.name(), known.startedAt(), now().plus(ttl), ttl));
      return Optional.of(jobs.live()
          .filter(job -> job.worker == worker && job.isCancelled)
          .map(MemoryJob::fence)
          .toList());
    });
  }

  @Override
  public void retire(long worker) {
    guarded(() -> Optional.ofNullable(workers.remove(worker)));
  }

  @Override
  public List<ClaimedJob> claim(ClaimRequest request) {
    return guarded(() -> {
      var claimed = new ArrayList<ClaimedJob>();
      if (isAlive(request.worker())) {
        request.forEachAsk((queue, priority, limit) -> {
          var taken = take(request, queue, priority, limit);
          claimed.addAll(taken);
          return taken.size();
        });
      }
      return claimed;
    });
  }

  private List<ClaimedJob> take(ClaimRequest request, String queue, Priority priority, int limit) {
    var limited = limits.getOrDefault(queue, QueueLimits.NONE);
    var bucket = limited.fill(buckets.getOrDefault(queue, Optional.empty()), now());
    var running = (int) jobs.live()
        .filter(job -> job.isRunning() && job.spec.queue().equals(queue))
        .count();
    var room = Math.min(limit, limited.room(running, bucket));
    var taken = jobs.ready(queue, priority, request.serves(), room);
    buckets.put(queue, QueueLimits.take(bucket, taken.size()));
    return taken.stream()
        .map(job -> job.start(request.worker(), ++lastToken, now()))
        .toList();
  }

  @Override
  public int takeBack(long worker, long after) {
    return guardedAndTold(() -> {
      var lost = jobs.live()
          .filter(job -> job.worker == worker && job.token > after)
          .map(job -> Settlement.Again.unanswered(job.fence()))
          .toList();
      jobs.settle(lost);
      return lost.size();
    });
  }

  @Override
  public Set<Fence> settle(Collection<? extends Settlement> settlements) {
    return guarded(() -> jobs.settle(settlements));
  }

  @Override
  public Upkeep maintain(int maxLostLeases) {
    return guarded(() -> {
      workers.keySet().removeIf(worker -> !isAlive(worker));
      return jobs.maintain(maxLostLeases, this::isAlive);
    });
  }

  @Override
  public Optional<Duration> untilDue(Set<String> queues) {
    return guarded(() -> {
      var waits = new ArrayList<Duration>();
      for (var queue : queues) {
        var bucket = buckets.getOrDefault(queue, Optional.empty());
        limits.getOrDefault(queue, QueueLimits.NONE).untilNext(bucket, now()).ifPresent(waits::add);
      }
      jobs.live()
          .filter(job -> queues.contains(job.spec.queue()) && !job.isRunning())
          .filter(job -> job.dueAt.isAfter(now()))
          .forEach(job -> waits.add(Duration.between(now(), job.dueAt)));
      return waits.stream().min(Comparator.naturalOrder());
    });
  }

  @Override
  public Map<String, String> steps(long id) {
    return guarded(() -> jobs.steps(id));
  }

  @Override
  public boolean keepStep(Fence fence, String name, String result) {
    return guarded(() -> jobs.keepStep(fence, name, result));
  }

  // Operators

  @Override
  public void limit(String queue, QueueLimits newLimits) {
    guardedAndTold(() -> {
      buckets.remove(queue);
      return Optional.ofNullable(limits.put(queue, newLimits));
    });
  }

  @Override
  public QueueLimits limits(String queue) {
    return guarded(() -> limits.getOrDefault(queue, QueueLimits.NONE));
  }

  @Override
  public Cancellation cancel(long id) {
    return guarded(() -> jobs.cancel(id));
  }

  @Override
  public List<Long> hurry(JobFilter filter, int most) {
    return guardedAndTold(() -> jobs.hurry(filter, most));
  }

  @Override
  public List<Long> redrive(JobFilter filter, int most) {
    return guardedAndTold(() -> jobs.redrive(filter, most));
  }

  @Override
  public List<Long> discard(JobFilter filter, int most) {
    return guarded(() -> jobs.discard(filter, most));
  }

  @Override
  public int purge(Retention retention, int most) {
    return guarded(() -> jobs.purge(retention, most));
  }

  // Views

  private <T> T shown(Function<MemoryViews, T> question) {
    return guarded(() -> question.apply(new MemoryViews(jobs.views(), now())));
  }

  @Override
  public List<JobView> jobs(JobFilter filter, int most) {
    return shown(views -> views.list(filter, most));
  }

  @Override
  public JobPage search(JobFilter filter, int most) {
    return shown(views -> views.search(filter, most));
  }

  @Override
  public long count(JobFilter filter) {
    return shown(views -> views.count(filter));
  }

  @Override
  public List<AttemptView> attempts(long id) {
    return guarded(() -> jobs.attempts(id));
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    return shown(views -> views.deadLetters(most));
  }

  @Override
  public List<QueueView> queues() {
    return shown(views -> views.queues(limits));
  }

  @Override
  public List<WorkerView> workers() {
    return guarded(() -> {
      var views = new ArrayList<WorkerView>();
      workers.forEach((id, worker) -> views.add(new WorkerView(
          id,
          worker.name(),
          worker.startedAt(),
          Duration.between(now(), worker.leaseUntil()),
          worker.ttl(),
          (int) jobs.live().filter(job -> job.worker == id).count())));
      return views;
    });
  }

  @Override
  public List<JobForm> unserved(Set<JobForm> served) {
    return guarded(() -> jobs.live()
        .filter(job -> !job.isRunning())
        .map(MemoryJob::form)
        .filter(form -> !served.contains(form))
        .distinct()
        .sorted(Comparator.comparing(JobForm::kind).thenComparingInt(JobForm::version))
        .toList());
  }

  // Figures

  @Override
  public void add(List<Amount> amounts) {
    var minute = now().truncatedTo(ChronoUnit.MINUTES);
    guarded(() -> counted.addAll(
        amounts.stream().map(amount -> new MinuteAmount(minute, amount)).toList()));
  }

  @Override
  public List<MinuteAmount> counted(Duration back) {
    var since = now().minus(back);
    return guarded(() ->
        counted.stream().filter(amount -> !amount.minute().isBefore(since)).toList());
  }

  @Override
  public Vitals vitals() {
    return new Vitals(Duration.ZERO, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  // Schedules

  @Override
  public List<ScheduleView> schedules() {
    return guarded(() -> List.copyOf(schedules.values()));
  }

  @Override
  public Optional<Instant> schedule(String id, String plan, Optional<Instant> next) {
    return guarded(() -> {
      var known = schedules.get(id);
      if (known != null && known.plan().equals(plan)) {
        return known.next();
      }
      schedules.put(id, new ScheduleView(id, plan, next));
      return next;
    });
  }

  @Override
  public Optional<Enqueued> fire(String id, Instant fireAt, Optional<Instant> next, NewJob job) {
    return guardedAndTold(() -> {
      if (!fired.add(id + " " + fireAt)) {
        return Optional.<Enqueued>empty();
      }
      schedules.computeIfPresent(id, (key, known) -> new ScheduleView(id, known.plan(), next));
      return Optional.of(jobs.add(job, null));
    });
  }

  @Override
  public Subscription listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
    } finally {
      lock.unlock();
    }
  }
}

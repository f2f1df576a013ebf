package dev.touchstone.examples.taskqueue.store;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.store.QueueLimits.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final TreeMap<Long, MemoryJob> live = new TreeMap<>();

  private final TreeMap<Long, JobView> ended = new TreeMap<>();
  private final Map<Long, List<AttemptView>> attempts = new HashMap<>();
  private final Map<Long, Map<String, String>> steps = new HashMap<>();
  private final TreeMap<Long, MemoryWorker> workers = new TreeMap<>();
  private final TreeMap<String, QueueLimits> limits = new TreeMap<>();
  private final Map<String, Optional<Bucket>> buckets = new HashMap<>();
  private final Map<String, MemorySchedule> schedules = new HashMap<>();
  private final Set<String> fired = new HashSet<>();
  private long lastId;
  private long lastToken;
  private boolean isClosed;

  private record MemoryWorker(String name, Instant startedAt, Instant leaseUntil) {}

  private record MemorySchedule(String plan, Optional<Instant> next) {}

  private MemoryStore(InstantSource clock) {
    this.clock = clock;
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

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public List<Enqueued> enqueue(List<NewJob> jobs) {
    var outcomes = guarded(() -> jobs.stream().map(job -> add(job, null)).toList());
    listeners.forEach(Runnable::run);
    return outcomes;
  }

  private Enqueued add(NewJob job, @Nullable Long redriven) {
    var key = job.uniqueKey();
    if (key.isPresent() && isTaken(key.get())) {
      return new Enqueued.Duplicate(key.get());
    }
    var stored = new MemoryJob(++lastId, job, now(), redriven);
    live.put(stored.id, stored);
    return new Enqueued.Added(stored.id);
  }

  private boolean isTaken(String key) {
    return live.values().stream()
        .anyMatch(job -> job.spec.uniqueKey().filter(key::equals).isPresent());
  }

  @Override
  public Cancellation cancel(long id) {
    return guarded(() -> {
      var job = live.get(id);
      if (job == null) {
        return Cancellation.NOT_FOUND;
      }
      if (job.isRunning()) {
        job.isCancelled = true;
        return Cancellation.REQUESTED;
      }
      end(job, JobStatus.CANCELLED, "cancelled before it started");
      return Cancellation.CANCELLED;
    });
  }

  private void end(MemoryJob job, JobStatus status, @Nullable String error) {
    live.remove(job.id);
    steps.remove(job.id);
    job.error = error;
    job.dueAt = now();
    ended.put(job.id, job.view(status));
  }

  // Workers

  @Override
  public long register(String name, Duration ttl) {
    return guarded(() -> {
      var id = ++lastToken;
      workers.put(id, new MemoryWorker(name, now(), now().plus(ttl)));
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
          worker, new MemoryWorker(known.name(), known.startedAt(), now().plus(ttl)));
      return Optional.of(live.values().stream()
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
    var running = (int) live.values().stream()
        .filter(job -> job.isRunning() && job.spec.queue().equals(queue))
        .count();
    var taken = live.values().stream()
        .filter(job -> job.spec.queue().equals(queue) && job.spec.priority() == priority)
        .filter(job -> job.isReady(now()) && request.serves().contains(job.form()))
        .sorted(Comparator.comparing((MemoryJob job) -> job.dueAt).thenComparingLong(job -> job.id))
        .limit(Math.min(limit, limited.room(running, bucket)))
        .toList();
    buckets.put(queue, QueueLimits.take(bucket, taken.size()));
    return taken.stream().map(job -> job.start(request.worker(), ++lastToken)).toList();
  }

  @Override
  public Set<Fence> settle(Collection<? extends Settlement> settlements) {
    return guarded(() -> {
      var refused = new HashSet<Fence>();
      for (var settlement : settlements) {
        var job = live.get(settlement.fence().id());
        if (job == null || !job.isRunning() || job.token != settlement.fence().token()) {
          refused.add(settlement.fence());
        } else {
          settle(job, settlement);
        }
      }
      return refused;
    });
  }

  private void settle(MemoryJob job, Settlement settlement) {
    switch (settlement) {
      case Settlement.Succeeded done -> end(job, JobStatus.SUCCEEDED, null);
      case Settlement.Again again
      when job.isCancelled -> {
        note(job, AttemptEnd.CANCELLED, again.error());
        end(job, JobStatus.CANCELLED, again.error());
      }
      case Settlement.Again again -> {
        note(job, again.end(), again.error());
        job.requeue(again, now());
      }
      case Settlement.Dead dead -> {
        note(job, dead.end(), dead.error());
        end(job, JobStatus.DEAD, dead.error());
      }
      case Settlement.Cancelled cancelled -> {
        note(job, AttemptEnd.CANCELLED, cancelled.error());
        end(job, JobStatus.CANCELLED, cancelled.error());
      }
    }
  }

  private void note(MemoryJob job, AttemptEnd how, String error) {
    attempts
        .computeIfAbsent(job.id, first -> new ArrayList<>())
        .add(new AttemptView(job.attempt, job.token, how, now(), error));
  }

  @Override
  public Upkeep maintain(int maxLostLeases) {
    return guarded(() -> {
      workers.keySet().removeIf(worker -> !isAlive(worker));
      int requeued = 0;
      int buried = 0;
      int expired = 0;
      for (var job : List.copyOf(live.values())) {
        if (job.isExpired(now())) {
          end(job, JobStatus.EXPIRED, "did not start in time");
          expired++;
        } else if (job.isRunning() && !isAlive(job.worker)) {
          job.lostLeases++;
          var lost = new LostLease(job.fence(), job.worker, job.lostLeases, job.isCancelled);
          settle(job, lost.settlement(maxLostLeases));
          if (live.containsKey(job.id)) {
            requeued++;
          } else {
            buried++;
          }
        }
      }
      return new Upkeep(requeued, buried, expired);
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
      live.values().stream()
          .filter(job -> queues.contains(job.spec.queue()) && !job.isRunning())
          .filter(job -> job.dueAt.isAfter(now()))
          .forEach(job -> waits.add(Duration.between(now(), job.dueAt)));
      return waits.stream().min(Comparator.naturalOrder());
    });
  }

  // Steps

  @Override
  public Map<String, String> steps(long id) {
    return guarded(() -> Map.copyOf(steps.getOrDefault(id, Map.of())));
  }

  @Override
  public boolean keepStep(Fence fence, String name, String result) {
    return guarded(() -> {
      var job = live.get(fence.id());
      if (job == null || !job.isRunning() || job.token != fence.token()) {
        return false;
      }
      steps.computeIfAbsent(fence.id(), first -> new LinkedHashMap<>()).put(name, result);
      return true;
    });
  }

  // Operators

  @Override
  public void limit(String queue, QueueLimits newLimits) {
    guarded(() -> {
      buckets.remove(queue);
      return Optional.ofNullable(limits.put(queue, newLimits));
    });
    listeners.forEach(Runnable::run);
  }

  @Override
  public QueueLimits limits(String queue) {
    return guarded(() -> limits.getOrDefault(queue, QueueLimits.NONE));
  }

  @Override
  public List<Long> redrive(JobFilter filter, int most) {
    List<Long> redriven = guarded(() -> {
      var alive = new ArrayList<Long>();
      for (var dead : List.copyOf(ended.values())) {
        if (alive.size() < most && isDeadLetter(dead) && filter.includes(dead)) {
          if (add(again(dead), dead.id()) instanceof Enqueued.Added) {
            ended.remove(dead.id());
            alive.add(dead.id());
          }
        }
      }
      return List.copyOf(alive);
    });
    listeners.forEach(Runnable::run);
    return redriven;
  }

  private static boolean isDeadLetter(JobView job) {
    return JobFilter.deadLetters().includes(job);
  }

  private static NewJob again(JobView dead) {
    return new NewJob(
        dead.kind(),
        dead.version(),
        dead.payload(),
        dead.queue(),
        dead.priority(),
        new NewJob.Due.After(Duration.ZERO),
        dead.maxAttempts(),
        dead.uniqueKey(),
        Optional.empty());
  }

  // Views

  private List<JobView> views() {
    var views = new ArrayList<>(ended.values());
    live.values().forEach(job -> views.add(job.view(job.status(now()))));
    views.sort(Comparator.comparingLong(JobView::id).reversed());
    return views;
  }

  @Override
  public List<JobView> jobs(JobFilter filter, int most) {
    return guarded(() -> views().stream().filter(filter::includes).limit(most).toList());
  }

  @Override
  public long count(JobFilter filter) {
    return guarded(() -> views().stream().filter(filter::includes).count());
  }

  @Override
  public List<AttemptView> attempts(long id) {
    return guarded(() -> List.copyOf(attempts.getOrDefault(id, List.of())));
  }

  @Override
  public List<QueueView> queues() {
    return guarded(() -> {
      var names = new TreeSet<>(limits.keySet());
      var views = views();
      views.stream()
          .filter(job -> job.status() != JobStatus.SUCCEEDED)
          .forEach(job -> names.add(job.queue()));
      return names.stream().map(name -> queue(name, views)).toList();
    });
  }

  private QueueView queue(String name, List<JobView> views) {
    var counts = new HashMap<JobStatus, Long>();
    var oldest = Optional.<Instant>empty();
    for (var job : views) {
      if (job.queue().equals(name)) {
        counts.merge(job.status(), 1L, Long::sum);
        if (job.status() == JobStatus.READY) {
          oldest = Optional.of(oldest.filter(due -> due.isBefore(job.dueAt())).orElse(job.dueAt()));
        }
      }
    }
    return new QueueView(
        name,
        counts.getOrDefault(JobStatus.READY, 0L),
        counts.getOrDefault(JobStatus.SCHEDULED, 0L) + counts.getOrDefault(JobStatus.RETRYING, 0L),
        counts.getOrDefault(JobStatus.RUNNING, 0L),
        counts.getOrDefault(JobStatus.DEAD, 0L)
            + counts.getOrDefault(JobStatus.CANCELLED, 0L)
            + counts.getOrDefault(JobStatus.EXPIRED, 0L),
        oldest.map(due -> Duration.between(due, now())),
        limits.getOrDefault(name, QueueLimits.NONE));
  }

  @Override
  public List<WorkerView> workers() {
    return guarded(() -> {
      var views = new ArrayList<WorkerView>();
      workers.forEach((id, worker) -> views.add(new WorkerView(
          id, worker.name(), worker.startedAt(), Duration.between(now(), worker.leaseUntil()), (int)
              live.values().stream().filter(job -> job.worker == id).count())));
      return views;
    });
  }

  @Override
  public List<JobForm> unserved(Set<JobForm> served) {
    return guarded(() -> live.values().stream()
        .filter(job -> !job.isRunning())
        .map(MemoryJob::form)
        .filter(form -> !served.contains(form))
        .distinct()
        .sorted(Comparator.comparing(JobForm::kind).thenComparingInt(JobForm::version))
        .toList());
  }

  // Schedules

  @Override
  public Optional<Instant> schedule(String id, String plan, Optional<Instant> next) {
    return guarded(() -> {
      var known = schedules.get(id);
      if (known != null && known.plan().equals(plan)) {
        return known.next();
      }
      schedules.put(id, new MemorySchedule(plan, next));
      return next;
    });
  }

  @Override
  public Optional<Enqueued> fire(String id, Instant fireAt, Optional<Instant> next, NewJob job) {
    var outcome = guarded(() -> {
      if (!fired.add(id + " " + fireAt)) {
        return Optional.<Enqueued>empty();
      }
      schedules.computeIfPresent(id, (key, known) -> new MemorySchedule(known.plan(), next));
      return Optional.of(add(job, null));
    });
    listeners.forEach(Runnable::run);
    return outcome;
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

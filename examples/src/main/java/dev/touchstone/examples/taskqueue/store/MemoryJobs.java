package dev.touchstone.examples.taskqueue.store;

import static java.util.Objects.requireNonNull;

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
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of the {@link MemoryStore}, and what becomes of them. Guarded by the lock of the
 * store.
 */
final class MemoryJobs {

  private final InstantSource clock;
  private final TreeMap<Long, MemoryJob> live = new TreeMap<>();
  private final TreeMap<Long, JobView> ended = new TreeMap<>();
  private final Map<Long, List<AttemptView>> attempts = new HashMap<>();
  private final Map<Long, Map<String, String>> steps = new HashMap<>();
  private long lastId;

  MemoryJobs(InstantSource clock) {
    this.clock = clock;
  }

  private Instant now() {
    return clock.instant();
  }

  Stream<MemoryJob> live() {
    return live.values().stream();
  }

  // Their beginning and their end

  Enqueued add(NewJob job, @Nullable Long redriven) {
    var key = job.uniqueKey();
    if (key.isPresent() && isTaken(key.get())) {
      return new Enqueued.Duplicate(key.get());
    }
    var stored = new MemoryJob(++lastId, job, now(), redriven);
    live.put(stored.id, stored);
    return new Enqueued.Added(stored.id);
  }

  private boolean isTaken(String key) {
    return live().anyMatch(job -> job.spec.uniqueKey().filter(key::equals).isPresent());
  }

  Cancellation cancel(long id) {
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
  }

  private void end(MemoryJob job, JobStatus status, @Nullable String error) {
    live.remove(job.id);
    steps.remove(job.id);
    job.error = error;
    job.dueAt = now();
    ended.put(job.id, job.view(status));
  }

  // Attempts

  /** Returns the jobs that may start, those that were due first in front. */
  List<MemoryJob> ready(String queue, Priority priority, Set<JobForm> serves, int limit) {
    return live()
        .filter(job -> job.spec.queue().equals(queue) && job.spec.priority() == priority)
        .filter(job -> job.isReady(now()) && serves.contains(job.form()))
        .sorted(Comparator.comparing((MemoryJob job) -> job.dueAt).thenComparingLong(job -> job.id))
        .limit(limit)
        .toList();
  }

  private @Nullable MemoryJob running(Fence fence) {
    var job = live.get(fence.id());
    return job == null || !job.isRunning() || job.token != fence.token() ? null : job;
  }

  Set<Fence> settle(Collection<? extends Settlement> settlements) {
    var refused = new HashSet<Fence>();
    for (var settlement : settlements) {
      var job = running(settlement.fence());
      if (job == null) {
        refused.add(settlement.fence());
      } else {
        settle(job, settlement);
      }
    }
    return refused;
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

  Upkeep maintain(int maxLostLeases, LongPredicate isAlive) {
    int requeued = 0;
    int buried = 0;
    int expired = 0;
    for (var job : List.copyOf(live.values())) {
      if (job.isExpired(now())) {
        end(job, JobStatus.EXPIRED, "did not start in time");
        expired++;
      } else if (job.isRunning() && !isAlive.test(job.worker)) {
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
  }

  // Steps

  Map<String, String> steps(long id) {
    return Map.copyOf(steps.getOrDefault(id, Map.of()));
  }

  boolean keepStep(Fence fence, String name, String result) {
    if (running(fence) == null) {
      return false;
    }
    steps.computeIfAbsent(fence.id(), first -> new LinkedHashMap<>()).put(name, result);
    return true;
  }

  // Operators

  List<Long> hurry(JobFilter filter, int most) {
    var wanted = filter.within(Set.of(JobStatus.SCHEDULED, JobStatus.RETRYING));
    var hurried = live()
        .filter(job -> wanted.includes(job.view(job.status(now()))))
        .limit(most)
        .toList();
    hurried.forEach(job -> job.dueAt = now());
    return hurried.stream().map(job -> job.id).toList();
  }

  private List<JobView> deadLetters(JobFilter filter) {
    var wanted = filter.within(JobFilter.deadLetters().statuses());
    return ended.values().stream().filter(wanted::includes).toList();
  }

  List<Long> redrive(JobFilter filter, int most) {
    var redriven = new ArrayList<Long>();
    for (var dead : deadLetters(filter)) {
      if (redriven.size() < most && add(again(dead), dead.id()) instanceof Enqueued.Added) {
        ended.remove(dead.id());
        dead.redriven().ifPresent(attempts::remove);
        redriven.add(dead.id());
      }
    }
    return List.copyOf(redriven);
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

  List<Long> discard(JobFilter filter, int most) {
    var ids = deadLetters(filter).stream().limit(most).map(JobView::id).toList();
    ids.forEach(this::forget);
    return ids;
  }

  private void forget(long id) {
    var redriven = requireNonNull(ended.remove(id)).redriven();
    attempts.remove(id);
    redriven.ifPresent(attempts::remove);
  }

  int purge(Retention retention, int most) {
    var old = ended.values().stream()
        .filter(job -> (job.status() == JobStatus.SUCCEEDED
                ? retention.succeeded()
                : retention.dead())
            .filter(time -> job.dueAt().isBefore(now().minus(time)))
            .isPresent())
        .limit(most)
        .map(JobView::id)
        .toList();
    old.forEach(this::forget);
    return old.size();
  }

  // Views

  /** Returns all jobs, the last stored first. */
  List<JobView> views() {
    var views = new ArrayList<>(ended.values());
    live().forEach(job -> views.add(job.view(job.status(now()))));
    views.sort(Comparator.comparingLong(JobView::id).reversed());
    return views;
  }

  List<AttemptView> attempts(long id) {
    return List.copyOf(attempts.getOrDefault(id, List.of()));
  }
}

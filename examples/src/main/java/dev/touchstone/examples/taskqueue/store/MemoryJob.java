package dev.touchstone.examples.taskqueue.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job of the {@link MemoryStore} that has not ended. Guarded by the lock of the store. */
final class MemoryJob {

  final long id;
  final NewJob spec;
  private final Instant createdAt;
  private final Optional<Instant> expiresAt;
  private final @Nullable Long redriven;
  Instant dueAt;
  int attempt;
  int lostLeases;
  boolean isCancelled;

  @Nullable
  String error;

  /** 0 while none has it. */
  long worker;

  long token;

  @Nullable
  Instant startedAt;

  MemoryJob(long id, NewJob spec, Instant now, @Nullable Long redriven) {
    this.id = id;
    this.spec = spec;
    this.redriven = redriven;
    createdAt = now;
    expiresAt = spec.expiresAfter().map(now::plus);
    dueAt = switch (spec.due()) {
      case NewJob.Due.After after -> now.plus(after.delay());
      case NewJob.Due.At at -> at.moment();
    };
  }

  boolean isRunning() {
    return worker != 0;
  }

  boolean isReady(Instant now) {
    return !isRunning() && !dueAt.isAfter(now) && !isExpired(now);
  }

  boolean isExpired(Instant now) {
    return !isRunning()
        && attempt == 0
        && expiresAt.isPresent()
        && !expiresAt.get().isAfter(now);
  }

  JobForm form() {
    return new JobForm(spec.kind(), spec.version());
  }

  Fence fence() {
    return new Fence(id, token);
  }

  ClaimedJob start(long newWorker, long newToken, Instant now) {
    startedAt = now;
    worker = newWorker;
    token = newToken;
    attempt++;
    return new ClaimedJob(
        fence(),
        spec.queue(),
        spec.priority(),
        form(),
        spec.payload(),
        attempt,
        spec.maxAttempts(),
        dueAt);
  }

  void requeue(Settlement.Again again, Instant now) {
    if (!again.end().isCounted()) {
      attempt--;
    }
    if (again.end().isCounted() || again.delay().isPositive()) {
      dueAt = now.plus(again.delay());
    }
    stop(again.error());
  }

  void stop(String reason) {
    worker = 0;
    error = reason;
  }

  JobStatus status(Instant now) {
    if (isRunning()) {
      return JobStatus.RUNNING;
    }
    if (!dueAt.isAfter(now)) {
      return JobStatus.READY;
    }
    return attempt == 0 ? JobStatus.SCHEDULED : JobStatus.RETRYING;
  }

  JobView view(JobStatus status) {
    return new JobView(
        id,
        spec.queue(),
        spec.priority(),
        spec.kind(),
        spec.version(),
        status,
        attempt,
        spec.maxAttempts(),
        createdAt,
        dueAt,
        Optional.ofNullable(error),
        spec.payload(),
        spec.uniqueKey(),
        Optional.ofNullable(startedAt)
            .filter(moment -> status == JobStatus.RUNNING || status == JobStatus.SUCCEEDED),
        status == JobStatus.RUNNING ? Optional.of(worker) : Optional.empty(),
        Optional.ofNullable(redriven));
  }
}

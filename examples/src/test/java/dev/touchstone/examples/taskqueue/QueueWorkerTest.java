package dev.touchstone.examples.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.touchstone.concurrency.executor.Backoff;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.examples.taskqueue.cron.CronSchedule;
import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.MemoryStore;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers on virtual time: every scenario runs under several schedules. */
@Timeout(120)
@SuppressWarnings("try") // workers and subscriptions that only have to be there
class QueueWorkerTest {

  private static final int SEEDS = 10;

  @JobKind("mail")
  private record Mail(String to) {}

  /** What a scenario works with. */
  private record World(Simulation simulation, long origin, JobStore store, TaskQueue queue) {

    QueueWorker.Builder worker() {
      return worker(queue);
    }

    QueueWorker.Builder worker(TaskQueue other) {
      return other
          .worker()
          .name("test")
          .queue("default", 4)
          .timeSource(simulation.clock())
          .random(simulation.random())
          .threadFactory(simulation.threadFactory());
    }

    TaskQueue faulty(Function<String, Optional<Object>> fault) {
      return TaskQueue.open(FaultyStore.around(store, fault));
    }

    long enqueue(String to) {
      return enqueue(to, options -> {});
    }

    long enqueue(String to, Consumer<NewJob.Builder> options) {
      return ((Enqueued.Added) queue.enqueue(new Mail(to), options)).id();
    }

    JobView job(long id) {
      return store.jobs(JobFilter.all().only(id), 1).getFirst();
    }

    void sleep(Duration time) throws InterruptedException {
      simulation.clock().sleep(time);
    }

    /** Sleeps where nobody interrupts. */
    void pass(Duration time) {
      try {
        sleep(time);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void passWhateverInterrupts(Duration time) {
      var end = now().plus(time);
      while (now().compareTo(end) < 0) {
        try {
          sleep(end.minus(now()));
        } catch (InterruptedException e) {
          // once more
        }
      }
    }

    void awaitEnd(long id) throws InterruptedException {
      while (!job(id).status().isEnd()) {
        sleep(Duration.ofMillis(100));
      }
    }

    /** Returns how long the scenario has been going on. */
    Duration now() {
      return Duration.ofNanos(simulation.clock().nanoTime() - origin);
    }
  }

  /** A scenario. */
  private interface Scenario {
    void run(World world) throws Exception;
  }

  private static void simulate(Scenario scenario) {
    Simulation.explore(SEEDS, simulation -> {
      var origin = simulation.clock().nanoTime();
      var store = MemoryStore.open(() ->
          Instant.EPOCH.plusNanos(simulation.clock().nanoTime() - origin).plusSeconds(1_000_000));
      scenario.run(new World(simulation, origin, store, TaskQueue.open(store)));
    });
  }

  /** What becomes of jobs. */
  @Nested
  class Outcomes {

    @Test
    void areThoseOfTheHandlers() {
      simulate(world -> {
        var ids = IntStream.range(0, 12).mapToLong(i -> world.enqueue("ada")).toArray();
        var handled = new AtomicInteger();
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              assertThat(mail.to()).isEqualTo("ada");
              handled.incrementAndGet();
              return Outcome.done();
            })
            .start()) {
          for (var id : ids) {
            world.awaitEnd(id);
          }
          assertThat(worker.statistics().claimed()).isEqualTo(12);
        }
        assertThat(handled).hasValue(12);
        assertThat(world.store().count(JobFilter.in(Set.of(JobStatus.SUCCEEDED))))
            .isEqualTo(12);
      });
    }

    @Test
    void repeatWhatFailsUntilTheAttemptsAreUsedUp() {
      simulate(world -> {
        var id = world.enqueue("ada", job -> job.maxAttempts(3));
        try (var worker = world
            .worker()
            .handle(
                Mail.class,
                (mail, context) -> {
                  throw new IllegalStateException("attempt " + context.attempt());
                },
                options -> options.retry(
                    RetryPolicy.DEFAULT.waiting(Backoff.constant(Duration.ofSeconds(10)))))
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.DEAD);
        assertThat(world.job(id).error()).contains("java.lang.IllegalStateException: attempt 3");
        assertThat(world.store().attempts(id))
            .extracting(AttemptView::attempt, AttemptView::end, AttemptView::error)
            .containsExactly(
                tuple(1, AttemptEnd.FAILED, "java.lang.IllegalStateException: attempt 1"),
                tuple(2, AttemptEnd.FAILED, "java.lang.IllegalStateException: attempt 2"),
                tuple(3, AttemptEnd.FAILED, "java.lang.IllegalStateException: attempt 3"));
        assertThat(world.now()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(31));
      });
    }

    @Test
    void tellErrorsInTextThatEveryStoreCanKeep() {
      simulate(world -> {
        var id = world.enqueue("ada", job -> job.maxAttempts(1));
        try (var worker = world
            .worker()
            .handle(
                Mail.class, (mail, context) -> Outcome.retry("zero \0, and " + "x".repeat(5_000)))
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(world.job(id).error().orElseThrow()).hasSize(2_000).startsWith("zero ?, and x");
      });
    }

    /** An exception that has something to hide. */
    private static final class Mute extends RuntimeException {

      @Serial
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new IllegalStateException("no comment");
      }
    }

    @Test
    void areTheEndOfAnAttemptWhateverItThrows() {
      simulate(world -> {
        var id = world.enqueue("ada", job -> job.maxAttempts(1));
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              throw new Mute();
            })
            .start()) {
          world.awaitEnd(id);
          assertThat(worker.statistics().running()).isZero();
        }
        assertThat(world.job(id).error())
            .contains(Mute.class.getName() + ", which does not say more");
      });
    }

    private void comeAfterTheDefaultBackoffInsteadOf(Backoff backoff) {
      simulate(world -> {
        var id = world.enqueue("ada");
        try (var worker = world
            .worker()
            .handle(
                Mail.class,
                (mail, context) ->
                    context.attempt() == 1 ? Outcome.retry("not yet") : Outcome.done(),
                options -> options.retry(RetryPolicy.DEFAULT.waiting(backoff)))
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(world.job(id).attempt()).isEqualTo(2);
        assertThat(world.now()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(3));
      });
    }

    @Test
    void comeAfterTheDefaultBackoffIfTheirOwnIsOfNoUse() {
      comeAfterTheDefaultBackoffInsteadOf(failures -> {
        throw new IllegalStateException("no idea");
      });
      comeAfterTheDefaultBackoffInsteadOf(failures -> ChronoUnit.FOREVER.getDuration());
    }

    @Test
    void giveUpAtOnceWhatIsHopeless() {
      simulate(world -> {
        var id = world.enqueue("ada");
        var discarded = world.enqueue("bob");
        try (var worker = world
            .worker()
            .handle(
                Mail.class,
                (mail, context) -> {
                  if (mail.to().equals("bob")) {
                    return Outcome.discard("no such address");
                  }
                  throw new UnsupportedOperationException("never");
                },
                options ->
                    options.retry(RetryPolicy.DEFAULT.abortOn(UnsupportedOperationException.class)))
            .start()) {
          world.awaitEnd(id);
          world.awaitEnd(discarded);
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.DEAD);
        assertThat(world.job(id).attempt()).isEqualTo(1);
        assertThat(world.job(discarded).error()).contains("no such address");
      });
    }

    @Test
    void doNotCountSnoozes() {
      simulate(world -> {
        var id = world.enqueue("ada", job -> job.maxAttempts(1));
        var calls = new AtomicInteger();
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              assertThat(context.attempt()).isEqualTo(1);
              return calls.incrementAndGet() < 4
                  ? Outcome.snooze(Duration.ofMinutes(1))
                  : Outcome.done();
            })
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(world.now()).isGreaterThan(Duration.ofMinutes(3));
      });
    }

    @Test
    void comeAfterTheTimeOfTheJob() {
      simulate(world -> {
        var id = world.enqueue("ada", job -> job.in(Duration.ofMinutes(1)));
        var startedAt = new AtomicLong();
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              startedAt.set(world.now().toMillis());
              return Outcome.done();
            })
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(startedAt.get()).isBetween(60_000L, 61_000L);
      });
    }

    @Test
    void areNeverThoseOfMoreHandlersThanAllowed() {
      simulate(world -> {
        var ids = IntStream.range(0, 20).mapToLong(i -> world.enqueue("ada")).toArray();
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              world.sleep(Duration.ofMillis(100));
              running.decrementAndGet();
              return Outcome.done();
            })
            .start()) {
          for (var id : ids) {
            world.awaitEnd(id);
          }
        }
        assertThat(most).hasValue(4);
      });
    }
  }

  /** What cuts attempts short. */
  @Nested
  class Interruptions {

    @Test
    void endAttemptsThatTakeTooLong() {
      simulate(world -> {
        var id = world.enqueue("ada");
        try (var worker = world
            .worker()
            .handle(
                Mail.class,
                (mail, context) -> {
                  if (context.attempt() == 1) {
                    world.sleep(Duration.ofHours(1));
                  }
                  return Outcome.done();
                },
                options -> options.timeout(Duration.ofSeconds(30)))
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(world.store().attempts(id)).singleElement().satisfies(attempt -> {
          assertThat(attempt.end()).isEqualTo(AttemptEnd.TIMED_OUT);
          assertThat(attempt.error()).startsWith("took longer than PT30S: ");
        });
      });
    }

    @Test
    void settleWithoutAHandlerThatDoesNotReact() {
      simulate(world -> {
        var id = world.enqueue("ada", job -> job.maxAttempts(1));
        var isOver = new AtomicBoolean();
        try (var worker = world
            .worker()
            .handle(
                Mail.class,
                (mail, context) -> {
                  while (!isOver.get()) { // ignores interruptions
                    try {
                      world.sleep(Duration.ofSeconds(1));
                    } catch (InterruptedException e) {
                      // once more
                    }
                  }
                  return Outcome.done();
                },
                options -> options.timeout(Duration.ofSeconds(30)))
            .start()) {
          world.awaitEnd(id);
          assertThat(world.job(id).status()).isEqualTo(JobStatus.DEAD);
          assertThat(world.now()).isGreaterThan(Duration.ofSeconds(40));
          assertThat(worker.statistics().running()).isEqualTo(1);
          isOver.set(true);
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.DEAD);
      });
    }

    @Test
    void cancelWhatRuns() {
      simulate(world -> {
        var id = world.enqueue("ada");
        var isRunning = new AtomicBoolean();
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              isRunning.set(true);
              world.sleep(Duration.ofHours(1));
              return Outcome.done();
            })
            .start()) {
          while (!isRunning.get()) {
            world.sleep(Duration.ofMillis(10));
          }
          world.store().cancel(id);
          world.awaitEnd(id);
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(world.now()).isLessThan(Duration.ofSeconds(10));
      });
    }
  }

  /** What happens when a worker cannot show that it lives. */
  @Nested
  class LostLeases {

    @Test
    void endHandlersBeforeOthersBegin() {
      simulate(world -> {
        var isDown = new AtomicBoolean();
        var isFirstInside = new AtomicBoolean();
        var overlaps = new AtomicInteger();
        var deaf = world.faulty(method -> {
          if (isDown.get() && !method.equals("close")) {
            throw new StoreException("no connection");
          }
          return Optional.empty();
        });
        var id = world.enqueue("ada");
        try (var first = world
            .worker(deaf)
            .grace(Duration.ZERO)
            .handle(Mail.class, (mail, context) -> {
              isFirstInside.set(true);
              try {
                isDown.set(true);
                world.sleep(Duration.ofHours(1));
                return Outcome.done();
              } finally {
                isFirstInside.set(false);
              }
            })
            .start()) {
          while (!isDown.get()) {
            world.sleep(Duration.ofMillis(10));
          }
          try (var second = world
              .worker()
              .poll(Duration.ofHours(1)) // told by its upkeep that there is a job again
              .handle(Mail.class, (mail, context) -> {
                overlaps.addAndGet(isFirstInside.get() ? 1 : 0);
                return Outcome.done();
              })
              .start()) {
            world.awaitEnd(id);
            assertThat(world.now()).isLessThan(Duration.ofSeconds(20));
          }
        }
        assertThat(overlaps).hasValue(0);
        assertThat(world.job(id).attempt()).isEqualTo(2);
        assertThat(world.store().attempts(id))
            .extracting(AttemptView::end)
            .containsExactly(AttemptEnd.LEASE_LOST);
      });
    }

    @Test
    void endHandlersAlthoughTheHeartbeatIsNotAnswered() {
      simulate(world -> {
        var isHanging = new AtomicBoolean();
        var settled = new AtomicInteger();
        var silent = world.faulty(method -> {
          while (isHanging.get() && method.equals("heartbeat")) {
            world.pass(Duration.ofMillis(100));
          }
          settled.addAndGet(method.equals("settle") ? 1 : 0);
          return Optional.empty();
        });
        var id = world.enqueue("ada");
        var endedAt = new AtomicReference<>(Duration.ZERO);
        try (var first = world
            .worker(silent)
            .handle(Mail.class, (mail, context) -> {
              isHanging.set(true);
              try {
                world.sleep(Duration.ofHours(1));
              } catch (InterruptedException e) {
                endedAt.set(world.now());
              }
              return Outcome.done();
            })
            .start()) {
          while (!isHanging.get()) {
            world.sleep(Duration.ofMillis(10));
          }
          try (var second = world
              .worker()
              .handle(Mail.class, (mail, context) -> Outcome.done())
              .start()) {
            world.awaitEnd(id);
          }
          assertThat(first.statistics().refused()).isEqualTo(1);
          assertThat(settled).hasValue(0); // by the worker itself
          isHanging.set(false);
        }
        // fifteen seconds after it was taken the lease is over; two before, the worker gives it up
        assertThat(endedAt.get()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(13));
        assertThat(world.store().attempts(id))
            .extracting(AttemptView::end)
            .containsExactly(AttemptEnd.LEASE_LOST);
      });
    }

    @Test
    void areReplacedByNewOnes() {
      simulate(world -> {
        var isForgotten = new AtomicBoolean();
        var store = world.faulty(method -> isForgotten.get()
                && method.equals("heartbeat")
                && isForgotten.compareAndSet(true, false)
            ? Optional.of(Optional.empty())
            : Optional.empty());
        var interrupted = new AtomicInteger();
        try (var worker = world
            .worker(store)
            .handle(Mail.class, (mail, context) -> {
              try {
                world.sleep(Duration.ofSeconds(8));
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
              }
              return Outcome.done();
            })
            .start()) {
          var id = world.enqueue("ada");
          isForgotten.set(true);
          world.awaitEnd(id);

          assertThat(interrupted).hasValue(1);
          assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCEEDED);
          assertThat(world.store().workers()).hasSize(1);
        }
      });
    }

    private void survive(String failing, int times, Supplier<RuntimeException> failure) {
      simulate(world -> {
        var failures = new AtomicInteger(times);
        var store = world.faulty(method -> {
          if (method.equals(failing) && failures.getAndDecrement() > 0) {
            throw failure.get();
          }
          return Optional.empty();
        });
        var id = world.enqueue("ada");
        try (var worker = world
            .worker(store)
            .handle(Mail.class, (mail, context) -> Outcome.done())
            .start()) {
          world.awaitEnd(id);
          assertThat(worker.statistics().refused()).isZero();
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(world.job(id).attempt()).isEqualTo(1);
      });
    }

    @Test
    void doNotFollowFromClaimsThatFail() {
      survive("claim", 3, () -> new IllegalStateException("a defect"));
    }

    @Test
    void doNotFollowFromAStoreThatFailsForAWhile() {
      survive("settle", 4, () -> new StoreException("no connection"));
    }

    @Test
    void doNotFollowFromManyEndsThatCannotBeWritten() {
      simulate(world -> {
        var failures = new AtomicInteger(8);
        var store = world.faulty(method -> {
          if (method.equals("settle") && failures.getAndDecrement() > 0) {
            throw new StoreException("no connection");
          }
          return Optional.empty();
        });
        var jobs = 300; // more than the worker has room for: twice what four handlers have at most
        for (int i = 0; i < jobs; i++) {
          world.enqueue("ada");
        }
        try (var worker = world
            .worker(store)
            .handle(Mail.class, (mail, context) -> Outcome.done())
            .start()) {
          while (world.store().count(JobFilter.in(Set.of(JobStatus.SUCCEEDED))) < jobs) {
            world.sleep(Duration.ofMillis(100));
          }
          assertThat(worker.statistics().claimed()).isEqualTo(jobs);
        }
      });
    }

    @Test
    void giveJobsBackThatTheyWereNeverToldOf() {
      simulate(world -> {
        var lost = new AtomicInteger(2);
        var store = FaultyStore.losing(
            world.store(),
            (method, answer) -> method.equals("claim")
                && !((List<?>) answer).isEmpty()
                && lost.getAndDecrement() > 0);
        try (var worker = world
            .worker(TaskQueue.open(store))
            .handle(Mail.class, (mail, context) -> Outcome.done())
            .start()) {
          var id = world.enqueue("ada");
          world.awaitEnd(id);

          assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCEEDED);
          assertThat(world.job(id).attempt()).isEqualTo(1);
          assertThat(world.store().attempts(id))
              .extracting(AttemptView::end)
              .containsExactly(AttemptEnd.RETURNED, AttemptEnd.RETURNED);
          assertThat(world.now()).isLessThan(Duration.ofSeconds(15)); // no lease had to end
        }
      });
    }

    @Test
    void findJobsThatNobodyTellsThemOf() {
      simulate(world -> {
        var silent = world.faulty(method -> method.equals("listen")
            ? Optional.of((JobStore.Subscription) () -> {})
            : Optional.empty());
        try (var worker = world
            .worker(silent)
            .poll(Duration.ofSeconds(5))
            .handle(Mail.class, (mail, context) -> Outcome.done())
            .start()) {
          world.sleep(Duration.ofSeconds(1));
          var id = world.enqueue("ada");
          world.awaitEnd(id);

          assertThat(world.now()).isLessThan(Duration.ofSeconds(8));
        }
      });
    }
  }

  /** What comes of a start that fails. */
  @Test
  void leavesNothingBehindWhenItCannotStart() {
    simulate(world -> {
      var store = world.faulty(method -> {
        if (method.equals("maintain")) {
          throw new StoreException("no connection");
        }
        return Optional.empty();
      });

      assertThatThrownBy(() -> world
              .worker(store)
              .handle(Mail.class, (mail, context) -> Outcome.done())
              .start())
          .hasMessage("no connection");

      assertThat(world.store().workers()).isEmpty();
    }); // a thread that was left behind would be a deadlock
  }

  /** How workers stop, and share. */
  @Nested
  class Stopping {

    @Test
    void letsHandlersEndAndGivesTheRestBack() {
      simulate(world -> {
        var ids = IntStream.range(0, 10).mapToLong(i -> world.enqueue("ada")).toArray();
        var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              world.sleep(Duration.ofSeconds(20));
              return Outcome.done();
            })
            .start();
        while (worker.statistics().claimed() < 10) {
          world.sleep(Duration.ofMillis(1));
        }
        worker.close();

        var done = 0;
        for (var id : ids) {
          var job = world.job(id);
          assertThat(job.status()).isIn(JobStatus.SUCCEEDED, JobStatus.READY);
          assertThat(job.attempt()).isEqualTo(job.status() == JobStatus.SUCCEEDED ? 1 : 0);
          done += job.status() == JobStatus.SUCCEEDED ? 1 : 0;
        }
        assertThat(done).isBetween(1, 4);
        assertThat(world.store().workers()).isEmpty();
        assertThat(world.now()).isLessThan(Duration.ofSeconds(21));
      });
    }

    @Test
    void waitsForItsUpkeep() {
      simulate(world -> {
        var isBusy = new AtomicBoolean();
        var isSlow = new AtomicBoolean();
        var store = world.faulty(method -> {
          if (method.equals("maintain") && isSlow.get()) {
            isBusy.set(true);
            world.passWhateverInterrupts(Duration.ofSeconds(1));
            isBusy.set(false);
          }
          return Optional.empty();
        });
        var worker = world
            .worker(store)
            .handle(Mail.class, (mail, context) -> Outcome.done())
            .start();
        isSlow.set(true);
        while (!isBusy.get()) {
          world.sleep(Duration.ofMillis(10));
        }
        worker.close();

        assertThat(isBusy).isFalse(); // or it would use a store that may be closed by now
      });
    }

    @Test
    void interruptsHandlersAfterTheGrace() {
      simulate(world -> {
        var id = world.enqueue("ada");
        var isRunning = new AtomicBoolean();
        var worker = world
            .worker()
            .grace(Duration.ofSeconds(3))
            .handle(Mail.class, (mail, context) -> {
              isRunning.set(true);
              world.sleep(Duration.ofHours(1));
              return Outcome.done();
            })
            .start();
        while (!isRunning.get()) {
          world.sleep(Duration.ofMillis(1));
        }
        worker.close();

        assertThat(world.job(id).status()).isEqualTo(JobStatus.READY);
        assertThat(world.job(id).attempt()).isZero();
        assertThat(world.store().attempts(id))
            .extracting(AttemptView::end)
            .containsExactly(AttemptEnd.RETURNED);
        assertThat(world.now()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
      });
    }

    @Test
    void holdsAsManyJobsAsItsHandlersGetThroughInATenthOfASecond() {
      simulate(world -> {
        var jobs = 120;
        for (int i = 0; i < jobs; i++) {
          world.enqueue("ada");
        }
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              world.sleep(Duration.ofMillis(10));
              return Outcome.done();
            })
            .start()) {
          var most = 0;
          while (worker.statistics().succeeded() < 20) {
            most = Math.max(most, worker.statistics().running());
            world.sleep(Duration.ofMillis(5));
          }
          assertThat(most).isBetween(4, 12); // four handlers, and two jobs for each of them
          while (worker.statistics().succeeded() < jobs) {
            most = Math.max(most, worker.statistics().running());
            world.sleep(Duration.ofMillis(5));
          }
          assertThat(most).isBetween(24, 44); // four handlers, and the forty jobs of 100 ms
        }
      });
    }

    @Test
    void keepsNoJobInTheBufferOfAWorkerThatIsStuck() {
      simulate(world -> {
        var ids = IntStream.range(0, 8).mapToLong(i -> world.enqueue("ada")).toArray();
        var slowDone = new ArrayList<Long>();
        try (var slow = world
            .worker()
            .grace(Duration.ZERO)
            .handle(Mail.class, (mail, context) -> {
              world.sleep(Duration.ofHours(1));
              slowDone.add(context.id());
              return Outcome.done();
            })
            .start()) {
          while (slow.statistics().claimed() < 8) {
            world.sleep(Duration.ofMillis(1));
          }
          try (var quick = world
              .worker()
              .handle(Mail.class, (mail, context) -> Outcome.done())
              .start()) {
            while (quick.statistics().succeeded() < 4) {
              world.sleep(Duration.ofMillis(50));
            }
          }
          assertThat(world.now()).isLessThan(Duration.ofSeconds(10));
        }
        var done = 0;
        for (var id : ids) {
          done += world.job(id).status() == JobStatus.SUCCEEDED ? 1 : 0;
        }
        assertThat(done).isEqualTo(4);
        assertThat(slowDone).isEmpty();
      });
    }
  }

  /** Payloads of other versions. */
  @Nested
  class Versions {

    @JobKind(value = "greet", version = 3)
    private record Greet(String greeting, String name) {}

    @Test
    void areLedToTheNewest() {
      simulate(world -> {
        var old = NewJob.builder("greet", 1, "{\"who\":\"ada\"}").build();
        var id = ((Enqueued.Added) world.store().enqueue(List.of(old)).getFirst()).id();
        var greeted = new ArrayList<Greet>();
        try (var worker = world
            .worker()
            .handle(
                Greet.class,
                (greet, context) -> {
                  greeted.add(greet);
                  return Outcome.done();
                },
                options -> options
                    .upcast(
                        1, payload -> payload.put("name", payload.remove("who").asString()))
                    .upcast(2, payload -> payload.put("greeting", "hello")))
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(greeted).containsExactly(new Greet("hello", "ada"));
      });
    }

    @Test
    void thatNobodyUnderstandsAreLeftAlone() {
      simulate(world -> {
        var newer = NewJob.builder("greet", 4, "{}").build();
        var id = ((Enqueued.Added) world.store().enqueue(List.of(newer)).getFirst()).id();
        try (var worker = world
            .worker()
            .handle(Greet.class, (greet, context) -> Outcome.done())
            .start()) {
          world.sleep(Duration.ofSeconds(30));
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.READY);
      });
    }

    @Test
    void thatCannotBeReadAreDeadAtOnce() {
      simulate(world -> {
        var broken = NewJob.builder("greet", 3, "{\"name\":[1,2]}").build();
        var id = ((Enqueued.Added) world.store().enqueue(List.of(broken)).getFirst()).id();
        try (var worker = world
            .worker()
            .handle(Greet.class, (greet, context) -> Outcome.done())
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(world.job(id).status()).isEqualTo(JobStatus.DEAD);
        assertThat(world.job(id).error().orElseThrow())
            .contains("the payload of a job of the form greet/3 cannot be read: ");
      });
    }
  }

  /** Jobs that come again and again. */
  @Nested
  class Schedules {

    @Test
    void areFiredByOneOfSeveralWorkers() {
      simulate(world -> {
        var everyMinute = CronSchedule.parse("* * * * *", ZoneOffset.UTC);
        var handled = new AtomicInteger();
        var options = List.of(world.worker(), world.worker());
        options.forEach(worker -> worker
            .schedule("every minute", everyMinute, new Mail("ada"))
            .handle(Mail.class, (mail, context) -> {
              handled.incrementAndGet();
              return Outcome.done();
            }));
        try (var first = options.getFirst().start();
            var second = options.getLast().start()) {
          world.sleep(Duration.ofSeconds(150));
        }
        // The world begins 40 s after a full minute: 20 s, 80 s and 140 s later it is full again.
        assertThat(handled).hasValue(3);
      });
    }

    @Test
    void areFiredSoonAfterTheirMachineHasSlept() {
      Simulation.explore(SEEDS, simulation -> {
        var slept = new AtomicReference<>(Duration.ZERO);
        var origin = simulation.clock().nanoTime();
        var store = MemoryStore.open(() ->
            Instant.EPOCH.plusNanos(simulation.clock().nanoTime() - origin).plus(slept.get()));
        var world = new World(simulation, origin, store, TaskQueue.open(store));
        var handled = new AtomicInteger();
        try (var worker = world
            .worker()
            .schedule("daily", CronSchedule.parse("0 12 * * *", ZoneOffset.UTC), new Mail("ada"))
            .handle(Mail.class, (mail, context) -> {
              handled.incrementAndGet();
              return Outcome.done();
            })
            .start()) {
          world.sleep(Duration.ofSeconds(10));
          slept.set(Duration.ofHours(13)); // of which the clock of the process knows nothing
          world.sleep(Duration.ofMinutes(2));
        }
        assertThat(handled).hasValue(1);
      });
    }
  }

  /** Steps of a job. */
  @Nested
  class Steps {

    @Test
    void areDoneOnceOverAttempts() {
      simulate(world -> {
        var id = world.enqueue("ada");
        var charges = new AtomicInteger();
        var seen = new ArrayList<Integer>();
        try (var worker = world
            .worker()
            .handle(Mail.class, (mail, context) -> {
              seen.add(context.step("charge", Integer.class, () -> 40 + charges.incrementAndGet()));
              return context.attempt() < 3 ? Outcome.retry("not yet") : Outcome.done();
            })
            .start()) {
          world.awaitEnd(id);
        }
        assertThat(seen).containsExactly(41, 41, 41);
      });
    }
  }

  /** Limits of a queue. */
  @Nested
  class Limits {

    private void drain(World world, int jobs, QueueLimits limits) throws InterruptedException {
      world.store().limit("default", limits);
      var ids = IntStream.range(0, jobs).mapToLong(i -> world.enqueue("ada")).toArray();
      try (var worker = world
          .worker()
          .handle(Mail.class, (mail, context) -> {
            world.sleep(Duration.ofMillis(50));
            return Outcome.done();
          })
          .start()) {
        for (var id : ids) {
          world.awaitEnd(id);
        }
      }
    }

    @Test
    void areUsedUpByTheRate() {
      simulate(world -> {
        drain(world, 9, new QueueLimits(false, OptionalInt.empty(), Optional.of(new Rate(4, 1))));

        assertThat(world.now()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
      });
    }

    @Test
    void areUsedUpByTheNumber() {
      simulate(world -> {
        drain(world, 9, new QueueLimits(false, OptionalInt.of(1), Optional.empty()));

        assertThat(world.now()).isBetween(Duration.ofMillis(450), Duration.ofSeconds(2));
      });
    }
  }

  /** What a caller does wrong. */
  @Nested
  class Mistakes {

    private final TaskQueue queue = TaskQueue.open(MemoryStore.open());

    private record Nameless(int number) {}

    @Test
    void areExplained() {
      assertThatThrownBy(() -> queue.enqueue(new Nameless(1)))
          .hasMessage(Nameless.class.getName()
              + " must be annotated: @JobKind(\"some.name\") record Nameless(...)");
      assertThatThrownBy(() -> queue.worker().start())
          .hasMessage("a worker needs at least one queue and one handler:"
              + " add queue(\"default\", 32) and handle(...)");
      assertThatThrownBy(() -> queue
              .worker()
              .handle(Mail.class, (mail, context) -> Outcome.done())
              .handle(Mail.class, (mail, context) -> Outcome.done()))
          .hasMessage("there is a handler for jobs of kind 'mail' already");
      assertThatThrownBy(() -> queue
              .worker()
              .handle(
                  Mail.class,
                  (mail, context) -> Outcome.done(),
                  options -> options.upcast(1, payload -> payload)))
          .hasMessage("an upcaster of 'mail' must start from a version from 1 to 0, was 1");
      assertThatThrownBy(() -> Outcome.snooze(ChronoUnit.FOREVER.getDuration()))
          .hasMessageStartingWith("delay must be from 0 to 36,500 days, was PT");
      assertThatThrownBy(() -> Outcome.retryIn(Duration.ofSeconds(-1), "too early"))
          .hasMessage("delay must be from 0 to 36,500 days, was PT-1S");
      assertThatThrownBy(() -> queue.worker().queue("default", 0))
          .hasMessage("concurrency must be at least 1, was 0");
    }
  }
}

package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.touchstone.concurrency.executor.ManagedExecutor.Builder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedExecutorTest {

  private final List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());
  private final List<ManagedExecutor> opened = new ArrayList<>();

  /** Blocks the tasks of a test until it has seen what it wants to see. */
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void leaveNothingRunning() throws Exception {
    gate.countDown();
    for (var executor : opened) {
      executor.shutdownNow();
      assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
    }
  }

  private ManagedExecutor open(Builder builder) {
    var executor =
        builder.failureListener((name, failure) -> reported.add(failure)).build();
    opened.add(executor);
    return executor;
  }

  /** Returns an executor whose only place is taken until the gate opens. */
  private ManagedExecutor occupied(int queue, Saturation saturation) throws Exception {
    var executor =
        open(ManagedExecutor.virtual("io").concurrency(1).queue(queue).saturation(saturation));
    occupy(executor);
    return executor;
  }

  private Task<?> occupy(ManagedExecutor executor) throws Exception {
    var started = new CountDownLatch(1);
    var task = executor.submit(() -> {
      started.countDown();
      gate.await();
      return "occupier";
    });
    started.await();
    return task;
  }

  private static void awaitWaitingSubmitter(ManagedExecutor executor) {
    await().until(() -> executor.snapshot().waitingSubmitters() == 1);
  }

  @Nested
  class Trying {

    @ParameterizedTest
    @MethodSource("policies")
    void neitherWaitsNorRunsNorDiscards(Saturation saturation) throws Exception {
      var executor = occupied(1, saturation);

      var queued = executor.trySubmit(() -> "queued").orElseThrow();
      assertThat(executor.trySubmit(() -> "refused")).isEmpty();

      assertThat(executor.snapshot().rejected(RejectionReason.SATURATED)).isEqualTo(1);
      gate.countDown();
      assertThat(queued.get()).isEqualTo("queued");
    }

    static List<Saturation> policies() {
      return List.of(
          Saturation.BLOCK,
          Saturation.blockFor(Duration.ofHours(1)),
          Saturation.REJECT,
          Saturation.CALLER_RUNS,
          Saturation.DISCARD_NEWEST,
          Saturation.DISCARD_OLDEST);
    }

    @Test
    void ignoresTheInterruptFlag() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      Thread.currentThread().interrupt();

      var task = executor.trySubmit(() -> "ran").orElseThrow();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(task.get()).isEqualTo("ran");
    }

    @Test
    void throwsAfterTheShutdown() {
      var executor = open(ManagedExecutor.virtual("io"));
      executor.shutdown();

      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.trySubmit(() -> "never"))
          .satisfies(
              rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.SHUT_DOWN));
    }
  }

  @Nested
  class Bounds {

    @ParameterizedTest
    @EnumSource(ManagedExecutor.Mode.class)
    void areNeverExceeded(ManagedExecutor.Mode mode) throws Exception {
      var executor = open(builder(mode).concurrency(3).queue(5));
      var running = new AtomicInteger();
      var most = new AtomicInteger();
      var tasks = new ArrayList<Task<?>>();

      for (int i = 0; i < 500; i++) {
        tasks.add(executor.submit(() -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          assertThat(executor.snapshot().queued()).isLessThanOrEqualTo(5);
          Thread.yield();
          running.decrementAndGet();
        }));
      }

      for (var task : tasks) {
        task.get();
      }
      assertThat(most).hasValueBetween(1, 3);
    }

    @Test
    void holdForThreadsToo() throws Exception {
      var threads = new AtomicInteger();
      var executor =
          open(ManagedExecutor.virtual("io").concurrency(2).queue(10_000).threadFactory(work -> {
            threads.incrementAndGet();
            return Thread.ofVirtual().unstarted(work);
          }));
      occupy(executor);
      occupy(executor);

      for (int i = 0; i < 10_000; i++) {
        executor.execute(() -> {});
      }

      assertThat(threads).hasValue(2);
      assertThat(executor.snapshot().queued()).isEqualTo(10_000);
    }

    private static Builder builder(ManagedExecutor.Mode mode) {
      return switch (mode) {
        case VIRTUAL -> ManagedExecutor.virtual("v");
        case PLATFORM -> ManagedExecutor.platform("p");
      };
    }
  }

  @Nested
  class Order {

    @Test
    void isThatOfAcceptance() throws Exception {
      var executor = occupied(10, Saturation.BLOCK);
      var order = Collections.synchronizedList(new ArrayList<Integer>());
      var tasks = new ArrayList<Task<?>>();
      for (int i = 0; i < 10; i++) {
        var number = i;
        tasks.add(executor.submit(() -> order.add(number)));
      }

      gate.countDown();

      for (var task : tasks) {
        task.get();
      }
      assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }

  @Nested
  class WhenFull {

    @Test
    void blockWaitsForAPlace() throws Exception {
      var executor = occupied(0, Saturation.BLOCK);
      var accepted = new CompletableFuture<Task<String>>();
      Thread.startVirtualThread(() -> accepted.complete(executor.submit(() -> "ran")));
      awaitWaitingSubmitter(executor);
      assertThat(accepted).isNotDone();

      gate.countDown();

      assertThat(accepted.get().get()).isEqualTo("ran");
    }

    @Test
    void blockedSubmittersAreServedInOrder() throws Exception {
      var executor = occupied(0, Saturation.BLOCK);
      var order = Collections.synchronizedList(new ArrayList<Integer>());
      var submitters = new ArrayList<Thread>();
      for (int i = 0; i < 5; i++) {
        var number = i;
        submitters.add(Thread.startVirtualThread(() -> executor.execute(() -> order.add(number))));
        await().until(() -> executor.snapshot().waitingSubmitters() == number + 1);
      }

      gate.countDown();

      for (var submitter : submitters) {
        submitter.join();
      }
      executor.close();
      assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anInterruptedSubmitIsRejectedAndKeepsTheFlag() throws Exception {
      var executor = occupied(0, Saturation.BLOCK);
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.submit(() -> "never"))
          .withMessage("executor 'io' had no place before the submitter was interrupted"
              + " (1 active, 0 queued)");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(executor.snapshot().waitingSubmitters()).isZero();
      assertThat(executor.snapshot().rejected(RejectionReason.INTERRUPTED)).isEqualTo(1);
    }

    @Test
    void anInterruptedSubmitInterruptiblyThrows() throws Exception {
      var executor = occupied(0, Saturation.BLOCK);
      var outcome = new CompletableFuture<Throwable>();
      var submitter = Thread.startVirtualThread(() -> {
        try {
          executor.submitInterruptibly(() -> "never");
        } catch (InterruptedException expected) {
          outcome.complete(expected);
        }
      });
      awaitWaitingSubmitter(executor);

      submitter.interrupt();

      assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
      assertThat(executor.snapshot().waitingSubmitters()).isZero();
    }

    @Test
    void shutdownRejectsThoseWhoWait() throws Exception {
      var executor = occupied(0, Saturation.BLOCK);
      var outcome = new CompletableFuture<Throwable>();
      Thread.startVirtualThread(() -> {
        try {
          executor.execute(() -> {});
        } catch (TaskRejectedException expected) {
          outcome.complete(expected);
        }
      });
      awaitWaitingSubmitter(executor);

      executor.shutdown();

      assertThat(outcome.get())
          .hasMessage("executor 'io' is shut down; submit before close, or stop the submitters"
              + " first (1 active, 0 queued)");
    }

    @Test
    void aCancelledTaskMakesRoom() throws Exception {
      var executor = occupied(1, Saturation.BLOCK);
      var queued = executor.submit(() -> "never");
      var accepted = new CompletableFuture<Task<String>>();
      Thread.startVirtualThread(() -> accepted.complete(executor.submit(() -> "ran")));
      awaitWaitingSubmitter(executor);

      queued.cancel(false);

      assertThat(accepted.get().isDone()).isFalse();
      assertThat(executor.snapshot().queued()).isEqualTo(1);
    }

    @Test
    void blockForGivesUp() throws Exception {
      var executor = occupied(0, Saturation.blockFor(Duration.ofMillis(1)));

      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.submit(() -> "never"))
          .withMessage("executor 'io' had no place in time; submit less, or wait longer"
              + " (1 active, 0 queued)");
    }

    @Test
    void rejectSaysHowFullItIs() throws Exception {
      var executor = occupied(1, Saturation.REJECT);
      executor.execute(() -> {});

      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.execute(() -> {}))
          .withMessage("executor 'io' is full; submit less, or choose a larger queue or another"
              + " Saturation (1 active, 1 queued)")
          .satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(RejectionReason.SATURATED);
            assertThat(rejected.executor()).isEqualTo("io");
            assertThat(rejected.active()).isEqualTo(1);
            assertThat(rejected.queued()).isEqualTo(1);
          });
    }

    @Test
    void callerRunsUsesTheSubmitter() throws Exception {
      var executor = occupied(0, Saturation.CALLER_RUNS);

      var task = executor.submit(Thread::currentThread);

      assertThat(task.resultNow()).isSameAs(Thread.currentThread());
    }

    @Test
    void callerRunsDoesNotEndTheSubmitterWithTheTasksFailure() throws Exception {
      var executor = occupied(0, Saturation.CALLER_RUNS);

      executor.execute(() -> {
        throw new IllegalStateException("expected");
      });

      assertThat(reported).singleElement().hasToString("java.lang.IllegalStateException: expected");
    }

    @Test
    void callerRunsDelaysTermination() throws Exception {
      var executor = occupied(0, Saturation.CALLER_RUNS);
      var observed = new CompletableFuture<Boolean>();

      executor.execute(() -> {
        executor.shutdownNow();
        await().until(() -> executor.running().size() == 1);
        observed.complete(executor.isTerminated());
      });

      assertThat(Thread.interrupted())
          .as("the interruption was meant for the task")
          .isFalse();
      assertThat(observed.get()).isFalse();
      assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void callerRunsRejectsAfterTheShutdown() throws Exception {
      var executor = occupied(0, Saturation.CALLER_RUNS);
      executor.shutdown();

      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.execute(() -> {}))
          .satisfies(r -> assertThat(r.reason()).isEqualTo(RejectionReason.SHUT_DOWN));
    }

    @Test
    void discardNewestCancelsTheNewTask() throws Exception {
      var executor = occupied(1, Saturation.DISCARD_NEWEST);
      var older = executor.submit(() -> "older");

      var newest = executor.submit(() -> "newest");

      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(newest::get)
          .withMessageContaining("was cancelled");
      gate.countDown();
      assertThat(older.get()).isEqualTo("older");
    }

    @Test
    void discardOldestCancelsTheOldestQueuedTask() throws Exception {
      var executor = occupied(2, Saturation.DISCARD_OLDEST);
      var oldest = executor.submit(() -> "oldest");
      var older = executor.submit(() -> "older");

      var newest = executor.submit(() -> "newest");

      assertThat(oldest.isCancelled()).isTrue();
      gate.countDown();
      assertThat(older.get()).isEqualTo("older");
      assertThat(newest.get()).isEqualTo("newest");
    }

    @Test
    void discardOldestWithoutAQueueCancelsTheNewTask() throws Exception {
      var executor = occupied(0, Saturation.DISCARD_OLDEST);

      assertThat(executor.submit(() -> "newest").isCancelled()).isTrue();
    }
  }

  @Nested
  class Failures {

    @Test
    void ofExecuteGoToTheListener() {
      var executor = open(ManagedExecutor.virtual("io"));
      var failure = new AssertionError("expected");

      executor.execute(() -> {
        throw failure;
      });
      executor.close();

      assertThat(reported).containsExactly(failure);
      assertThat(executor.snapshot().failed()).isEqualTo(1);
    }

    @Test
    void ofSubmitGoToTheTaskOnly() {
      var executor = open(ManagedExecutor.virtual("io"));
      var task = executor.submit(() -> {
        throw new AssertionError("expected");
      });

      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(task::join)
          .withCauseInstanceOf(AssertionError.class);
      assertThat(reported).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ManagedExecutor.Mode.class)
    void ofTheVirtualMachineEndTheThreadAndFreeThePlace(ManagedExecutor.Mode mode)
        throws Exception {
      var uncaught = new CompletableFuture<Throwable>();
      var failure = new InternalError("expected");
      var builder = switch (mode) {
        case VIRTUAL ->
          ManagedExecutor.virtual("v")
              .threadFactory(Thread.ofVirtual()
                  .uncaughtExceptionHandler((thread, thrown) -> uncaught.complete(thrown))
                  .factory());
        case PLATFORM ->
          ManagedExecutor.platform("p")
              .threadFactory(Thread.ofPlatform()
                  .uncaughtExceptionHandler((thread, thrown) -> uncaught.complete(thrown))
                  .factory());
      };
      var executor = open(builder.concurrency(1));
      var task = executor.submit(() -> {
        throw failure;
      });
      var next = executor.submit(() -> "ran");

      assertThat(next.get()).isEqualTo("ran");
      assertThat(task.exceptionNow()).isSameAs(failure);
      assertThat(uncaught.get()).isSameAs(failure);
    }

    @Test
    void ofTheListenerAreContained() throws Exception {
      var executor = ManagedExecutor.virtual("io")
          .concurrency(1)
          .failureListener((name, failure) -> {
            throw new IllegalStateException("expected in the log");
          })
          .build();
      opened.add(executor);

      executor.execute(() -> {
        throw new IllegalArgumentException("expected in the log too");
      });

      assertThat(executor.submit(() -> "alive").get()).isEqualTo("alive");
    }

    @Test
    void ofAListenerThatThrowsWhatItIsToldAreContained() throws Exception {
      var executor = ManagedExecutor.virtual("io")
          .concurrency(1)
          .queue(0)
          .saturation(Saturation.CALLER_RUNS)
          .failureListener((name, failure) -> {
            throw (RuntimeException) failure;
          })
          .build();
      opened.add(executor);
      occupy(executor);

      assertThatCode(() -> executor.execute(() -> {
            throw new IllegalStateException("expected in the log");
          }))
          .doesNotThrowAnyException();
    }

    @Test
    void ofCallbacksGoToTheListener() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      var failure = new IllegalStateException("expected");
      var task = executor.submit(() -> "result");

      task.whenDone((result, thrown) -> {
        throw failure;
      });
      executor.close();

      assertThat(reported).containsExactly(failure);
      assertThat(task.get()).isEqualTo("result");
    }

    @Test
    void ofACancelledTaskAreReportedUnlessTheInterruptionExplainsThem() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      var started = new CountDownLatch(2);
      var unrelated = new IllegalStateException("expected");
      var obedient = executor.submit(() -> {
        started.countDown();
        gate.await();
        return "never";
      });
      var broken = executor.submit(() -> {
        started.countDown();
        try {
          gate.await();
        } catch (InterruptedException cancelled) {
          throw unrelated;
        }
        return "never";
      });
      started.await();

      obedient.cancel(true);
      broken.cancel(true);
      executor.close();

      assertThat(reported).containsExactly(unrelated);
    }

    @Test
    void ofTheThreadFactoryRejectTheTask() throws Exception {
      var starts = new AtomicInteger();
      var executor = open(ManagedExecutor.platform("cpu").concurrency(1).threadFactory(work -> {
        if (starts.incrementAndGet() == 1) {
          throw new OutOfMemoryError("expected: no more threads");
        }
        return Thread.ofVirtual().unstarted(work);
      }));

      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.submit(() -> "never"))
          .withMessage(
              "executor 'cpu' could not start a thread; see the cause" + " (0 active, 0 queued)")
          .withCauseInstanceOf(OutOfMemoryError.class);
      assertThat(executor.submit(() -> "ran").get()).isEqualTo("ran");
    }
  }

  @Nested
  class Tasks {

    @Test
    void joinWaitsThroughAnInterruption() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      var task = occupy(executor);
      var joined = new CompletableFuture<Boolean>();
      var joining = new CountDownLatch(1);
      var joiner = Thread.startVirtualThread(() -> {
        joining.countDown();
        task.join();
        joined.complete(Thread.currentThread().isInterrupted());
      });
      joining.await();

      joiner.interrupt();
      gate.countDown();

      assertThat(joined.get()).isTrue();
    }

    @Test
    void callbacksRunOnceEach() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      var seen = Collections.synchronizedList(new ArrayList<String>());
      var task = occupy(executor);
      task.whenDone((result, failure) -> seen.add("first " + result));
      task.whenDone((result, failure) -> seen.add("second " + result));

      gate.countDown();
      executor.close();
      task.whenDone((result, failure) -> seen.add("late " + result));

      assertThat(seen).containsExactly("first occupier", "second occupier", "late occupier");
    }

    @Test
    void cancellingTheFutureCancelsTheTask() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      var task = occupy(executor);

      task.toCompletableFuture().cancel(false);

      assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void theFutureCompletesWithTheResult() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));

      var future = executor.submit(() -> "result").toCompletableFuture();

      assertThat(future.get()).isEqualTo("result");
    }

    @Test
    void cancelledBeforeTheirStartNeverRun() throws Exception {
      var executor = occupied(1, Saturation.BLOCK);
      var ran = new AtomicInteger();
      var task = executor.submit((Runnable) ran::incrementAndGet);

      assertThat(task.cancel(false)).isTrue();
      assertThat(task.cancel(true)).isFalse();
      gate.countDown();
      executor.close();

      assertThat(ran).hasValue(0);
      assertThat(executor.snapshot().cancelled()).isEqualTo(1);
      assertThat(executor.snapshot().completed()).isEqualTo(1);
    }

    @Test
    void cannotBeHitByTheInterruptionOfTheTaskBefore() throws Exception {
      var interrupting = new CountDownLatch(1);
      var deliver = new CountDownLatch(1);
      var executor = open(ManagedExecutor.platform("cpu")
          .concurrency(1)
          .threadFactory(work -> new Thread(work) {
            @Override
            public void interrupt() {
              interrupting.countDown();
              try {
                deliver.await();
              } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
              }
              super.interrupt();
            }
          }));
      var victim = occupy(executor);
      var next = executor.submit(() -> {
        deliver.countDown(); // if this task could start now, it would be hit
        return Thread.currentThread().isInterrupted();
      });
      var canceller = Thread.startVirtualThread(() -> victim.cancel(true));
      interrupting.await();

      gate.countDown();
      await()
          .until(() -> next.isDone()
              || executor.running().stream()
                  .flatMap(running -> running.stack().stream())
                  .anyMatch(frame -> frame.getMethodName().equals("awaitInterruption")));
      assertThat(next.isDone())
          .as("started before the interruption was delivered")
          .isFalse();
      deliver.countDown();

      canceller.join();
      assertThat(next.get()).isFalse();
    }

    @Test
    void describeThemselves() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      var named = new Runnable() {
        @Override
        public void run() {}

        @Override
        public String toString() {
          return "mail 17";
        }
      };

      var task = executor.submit(named);
      task.get();

      assertThat(task).hasToString("task 'mail 17' of executor 'io' [success]");
    }
  }

  @Nested
  class Control {

    @Test
    void pauseLetsNothingStart() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      executor.pause();
      var task = executor.submit(() -> "ran");
      assertThat(executor.snapshot().active()).isZero();
      assertThat(executor.snapshot().queued()).isEqualTo(1);

      executor.resume();

      assertThat(task.get()).isEqualTo("ran");
    }

    @Test
    void shutdownEndsAPause() throws Exception {
      var executor = open(ManagedExecutor.platform("cpu"));
      executor.pause();
      var task = executor.submit(() -> "ran");

      executor.close();

      assertThat(task.resultNow()).isEqualTo("ran");
    }

    @Test
    void aLargerSizeStartsWhatIsQueued() throws Exception {
      var executor = occupied(1, Saturation.BLOCK);
      var task = executor.submit(() -> "ran");

      executor.resize(2);

      assertThat(task.get()).isEqualTo("ran");
    }

    @Test
    void aSmallerSizeHoldsOnceTasksHaveEnded() throws Exception {
      var executor = open(ManagedExecutor.platform("cpu").concurrency(2));
      occupy(executor);
      var second = new CountDownLatch(1);
      var other = executor.submit(() -> {
        second.await();
        return "other";
      });

      executor.resize(1);
      var queued = executor.submit(() -> "queued");
      second.countDown();
      other.get();

      assertThat(queued.isDone()).isFalse();
      await().until(() -> executor.snapshot().active() == 1);
      assertThat(executor.snapshot().queued()).isEqualTo(1);
      gate.countDown();
      assertThat(queued.get()).isEqualTo("queued");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void theSizeIsPositive(int size) {
      var executor = open(ManagedExecutor.virtual("io"));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> executor.resize(size))
          .withMessage("concurrency must be at least 1, was " + size);
    }
  }

  @Nested
  class Drain {

    @Test
    void isCleanWhenEverythingEnds() throws Exception {
      var executor = open(ManagedExecutor.virtual("io"));
      occupy(executor);
      gate.countDown();

      var report = executor.drain(Duration.ofMinutes(1));

      assertThat(report.isClean()).isTrue();
      assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void cancelsWhatRunsAndWhatIsQueuedAtTheDeadline() throws Exception {
      var executor = open(ManagedExecutor.virtual("io").concurrency(1));
      var running = occupy(executor);
      Runnable work = () -> {};
      var queued = executor.submit(work);

      var report = executor.drain(Duration.ZERO);

      assertThat(report).isEqualTo(new DrainReport(0, 1, List.of(work), List.of()));
      assertThat(running.isCancelled()).isTrue();
      assertThat(queued.isCancelled()).isTrue();
      assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void namesWhatIsStuck() throws Exception {
      var executor = open(ManagedExecutor.virtual("io").concurrency(1));
      var started = new CountDownLatch(1);
      var deaf = new Runnable() {
        @Override
        public void run() {
          started.countDown();
          var open = false;
          while (!open) {
            try {
              gate.await();
              open = true;
            } catch (InterruptedException ignored) {
              continue; // deaf
            }
          }
        }

        @Override
        public String toString() {
          return "deaf";
        }
      };
      var task = executor.submit(deaf);
      started.await();

      var report = executor.drain(Duration.ZERO);

      assertThat(report.stuck()).singleElement().satisfies(stuck -> {
        assertThat(stuck.name()).isEqualTo("deaf");
        assertThat(stuck.thread()).isEqualTo("io-1");
        assertThat(stuck.stack()).anyMatch(frame -> frame.getMethodName().equals("run"));
      });
      assertThat(task.isCancelled()).as("nobody hangs").isTrue();
      assertThat(executor.isTerminated()).isFalse();
    }

    @Test
    void anInterruptionCancelsAtOnceAndKeepsTheFlag() throws Exception {
      var executor = open(ManagedExecutor.virtual("io").concurrency(1));
      occupy(executor);
      Thread.currentThread().interrupt();

      var report = executor.drain(Duration.ofDays(1));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void givesACallableBackAsARunnable() throws Exception {
      var executor = open(ManagedExecutor.virtual("io").concurrency(1));
      occupy(executor);
      var calls = new AtomicInteger();
      executor.submit(calls::incrementAndGet);

      var report = executor.drain(Duration.ZERO);

      report.neverStarted().forEach(Runnable::run);
      assertThat(calls).hasValue(1);
    }

    @Test
    void ofCloseCancelsAfterTheGrace() throws Exception {
      var executor = open(ManagedExecutor.virtual("io").concurrency(1).grace(Duration.ZERO));
      var task = occupy(executor);

      executor.close();
      executor.close();

      assertThat(task.isCancelled()).isTrue();
      assertThat(executor.isTerminated()).isTrue();
    }
  }

  @Nested
  class Snapshots {

    @Test
    void countWhatHappened() throws Exception {
      var executor =
          open(ManagedExecutor.virtual("io").concurrency(1).queue(1).saturation(Saturation.REJECT));
      occupy(executor);
      var queued = executor.submit(() -> "queued");
      assertThatExceptionOfType(TaskRejectedException.class)
          .isThrownBy(() -> executor.submit(() -> "rejected"));

      var full = executor.snapshot();
      gate.countDown();
      queued.get();
      executor.close();
      var done = executor.snapshot();

      assertThat(full.name()).isEqualTo("io");
      assertThat(full.active()).isEqualTo(1);
      assertThat(full.queued()).isEqualTo(1);
      assertThat(full.oldestQueuedAge()).isPositive();
      assertThat(full.rejected()).containsExactly(Map.entry(RejectionReason.SATURATED, 1L));
      assertThat(done.active()).isZero();
      assertThat(done.completed()).isEqualTo(2);
      assertThat(done.totalWait()).isPositive();
      assertThat(done.totalRun()).isPositive();
    }

    @Test
    void showWhatRuns() throws Exception {
      var executor = open(ManagedExecutor.platform("cpu").concurrency(2));
      occupy(executor);

      assertThat(executor.running()).singleElement().satisfies(running -> {
        assertThat(running.thread()).isEqualTo("cpu-1");
        assertThat(running.age()).isPositive();
        assertThat(running.stack()).anyMatch(frame -> frame.getMethodName().contains("occupy"));
      });
    }
  }

  @Nested
  class Options {

    @Test
    void rejectABlankName() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ManagedExecutor.virtual(" "))
          .withMessage("name must not be blank");
    }

    @Test
    void rejectNumbersOutOfRange() {
      var builder = ManagedExecutor.platform("cpu");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.concurrency(0))
          .withMessage("concurrency must be at least 1, was 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.queue(-1))
          .withMessage("queue must be at least 0, was -1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.grace(Duration.ofNanos(-1)))
          .withMessage("grace must not be negative, was PT-0.000000001S");
    }

    @Test
    void rejectDaemonTogetherWithAFactory() {
      var builder = ManagedExecutor.platform("cpu").daemon().threadFactory(Thread::new);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage(
              "daemon has no effect on a threadFactory: let the factory make daemon threads");
    }

    @Test
    void decideWhatThreadsTheTasksRunOn() throws Exception {
      var virtual = open(ManagedExecutor.virtual("io"));
      var platform = open(ManagedExecutor.platform("cpu"));
      var daemon = open(ManagedExecutor.platform("background").daemon());

      assertThat(virtual.submit(Thread::currentThread).get().isVirtual()).isTrue();
      assertThat(platform.submit(Thread::currentThread).get().isDaemon()).isFalse();
      assertThat(daemon.submit(Thread::currentThread).get().isDaemon()).isTrue();
    }

    @Test
    void areCopiedByBuild() throws Exception {
      var builder = ManagedExecutor.virtual("io").concurrency(1);
      var executor = open(builder);

      builder.concurrency(2);

      assertThat(executor.snapshot().concurrency()).isEqualTo(1);
    }
  }
}

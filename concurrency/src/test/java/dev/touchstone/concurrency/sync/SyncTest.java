package dev.touchstone.concurrency.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SyncTest {

  @Nested
  class AWakeSignal {

    @Test
    void remembersOneSignal() throws Exception {
      var wake = WakeSignal.builder().poll(Duration.ofMillis(2)).jitter(0).build();
      wake.signal();
      wake.signal();

      assertThat(wake.await()).isEqualTo(WakeSignal.Cause.SIGNAL);
      assertThat(wake.await()).isEqualTo(WakeSignal.Cause.POLL);
      wake.dueIn(Duration.ZERO);
      assertThat(wake.await()).isEqualTo(WakeSignal.Cause.DUE);
    }

    @Test
    void isForOneThreadThatWaits() throws Exception {
      var wake = WakeSignal.builder().poll(Duration.ofDays(1)).build();
      var thread = Thread.ofVirtual().unstarted(() -> {
        try {
          wake.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      thread.start();
      Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

      assertThatThrownBy(wake::await)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "another thread waits for this signal: use one WakeSignal for each thread that waits");
      wake.signal();
      thread.join();
    }

    @Test
    void keepsItsSignalWhenInterrupted() throws Exception {
      var wake = WakeSignal.builder().build();
      wake.signal();
      Thread.currentThread().interrupt();
      assertThatThrownBy(wake::await).isInstanceOf(InterruptedException.class);
      assertThat(wake.await()).isEqualTo(WakeSignal.Cause.SIGNAL);
    }

    @Test
    void checksItsSettings() {
      assertThatThrownBy(() -> WakeSignal.builder().poll(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("poll must be positive and at most 100 years, was PT0S");
      assertThatThrownBy(() -> WakeSignal.builder().jitter(1.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("jitter must be from 0 to 1, was 1.5");
    }
  }

  @Nested
  class AGroupCommitter {

    private final List<List<String>> batches = new ArrayList<>();
    private final CountDownLatch firstBatch = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    private List<Integer> commit(List<String> items) throws Exception {
      firstBatch.countDown();
      go.await();
      if (items.contains("bad")) {
        throw new IOException("disk full");
      }
      batches.add(items);
      return items.stream().map(String::length).toList();
    }

    @Test
    void writesWhatHasComeTogether() throws Exception {
      var results = new ArrayList<CompletableFuture<Integer>>();
      try (var committer = GroupCommitter.builder(this::commit).maxBatch(3).open()) {
        results.add(committer.submit("a"));
        firstBatch.await();
        for (var item : List.of("bb", "ccc", "dddd", "eeeee")) {
          results.add(committer.submit(item));
        }
        go.countDown();
      }
      assertThat(batches)
          .containsExactly(List.of("a"), List.of("bb", "ccc", "dddd"), List.of("eeeee"));
      assertThat(results.stream().map(CompletableFuture::join)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void failsABatchAndGoesOn() throws Exception {
      go.countDown();
      try (var committer = GroupCommitter.builder(this::commit).maxBatch(1).open()) {
        var bad = committer.submit("bad");
        var good = committer.submit("good");
        assertThatThrownBy(bad::join).hasCauseInstanceOf(IOException.class);
        assertThat(good.join()).isEqualTo(4);
      }
    }

    @Test
    void leavesOutWhatWasCancelled() throws Exception {
      try (var committer = GroupCommitter.builder(this::commit).open()) {
        committer.submit("a");
        firstBatch.await();
        committer.submit("cancelled").cancel(true);
        committer.submit("b");
        go.countDown();
      }
      assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void makesSubmittersWait() throws Exception {
      try (var committer = GroupCommitter.builder(this::commit).capacity(1).open()) {
        committer.submit("a");
        firstBatch.await();
        committer.submit("b");
        assertThat(committer.trySubmit("c")).isEmpty();
        assertThat(committer.submit("c", Duration.ofMillis(2))).isEmpty();
        assertThat(committer.size()).isEqualTo(1);
        go.countDown();
      }
    }

    @Test
    void givesUpAfterTheGrace() throws Exception {
      var committer = GroupCommitter.builder(this::commit).grace(Duration.ZERO).open();
      var running = committer.submit("a");
      firstBatch.await();
      var waiting = committer.submit("b");
      committer.close();

      assertThatThrownBy(running::join).hasCauseInstanceOf(InterruptedException.class);
      assertThatThrownBy(waiting::join)
          .hasCauseInstanceOf(CommitterClosedException.class)
          .hasMessageContaining("committer 'committer' is closed, and did not commit this item");
      assertThatThrownBy(() -> committer.submit("late"))
          .isInstanceOf(CommitterClosedException.class);
    }

    @Test
    void doesNotWaitForItselfWhenItsWriterClosesIt() throws Exception {
      var self = new AtomicReference<GroupCommitter<String, Integer>>();
      var committer = GroupCommitter.builder((List<String> items) -> {
            var results = commit(items);
            self.get().close();
            return results;
          })
          .grace(Duration.ZERO)
          .open();
      self.set(committer);
      var running = committer.submit("a");
      firstBatch.await();
      var waiting = committer.submit("bb");
      go.countDown();

      assertThat(running.join()).isEqualTo(1);
      assertThat(waiting.join()).as("was accepted before").isEqualTo(2);
      assertThatThrownBy(() -> committer.submit("late"))
          .isInstanceOf(CommitterClosedException.class);
    }

    @Test
    void insistsOnOneResultForEachItem() throws Exception {
      try (var committer =
          GroupCommitter.builder((List<String> items) -> List.of()).open()) {
        assertThatThrownBy(committer.submit("a")::join)
            .hasCauseInstanceOf(IllegalStateException.class)
            .hasMessageContaining("the commit of 1 items must return 1 results, not 0");
      }
    }

    @Test
    void endsItsItemsWhenItsThreadDies() throws Exception {
      var committer = GroupCommitter.builder((List<String> items) -> {
            throw new OutOfMemoryError("pretended");
          })
          .threadFactory(work -> Thread.ofVirtual()
              .uncaughtExceptionHandler((thread, expected) -> {})
              .unstarted(work))
          .open();
      assertThatThrownBy(committer.submit("a")::join).hasCauseInstanceOf(OutOfMemoryError.class);
      Awaitility.await()
          .untilAsserted(() -> assertThatThrownBy(() -> committer.submit("b"))
              .isInstanceOf(CommitterClosedException.class));
      committer.close();
    }

    @Test
    void checksItsSettings() {
      assertThatThrownBy(() -> GroupCommitter.builder(this::commit).maxBatch(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxBatch must be at least 1, was 0");
      assertThatThrownBy(() -> GroupCommitter.builder(this::commit).linger(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("linger must not be negative, was PT-1S");
    }
  }

  @Nested
  class AStallDetector {

    @Test
    void seesTasksThatRunForTooLong() throws Exception {
      var started = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      try (var executor = ManagedExecutor.virtual("watched").build()) {
        var detector =
            StallDetector.builder().limit(Duration.ZERO).watch(executor).build();
        assertThat(detector.check().isClean()).isTrue();
        executor.submit(() -> {
          started.countDown();
          release.await();
          return null;
        });
        started.await();

        var report = detector.check();
        assertThat(report.tasks()).hasSize(1);
        assertThat(report.describe()).contains("runs on watched-1 for PT");
        assertThat(StallDetector.builder().watch(executor).build().check().isClean())
            .isTrue();
        release.countDown();
      }
    }

    @Test
    void seesWaitsThatLastTooLong() throws Exception {
      var state = Guarded.of("state", new ArrayList<String>());
      var detector = StallDetector.builder().limit(Duration.ZERO).watch(state).build();
      var entered = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      var holder = Thread.startVirtualThread(() -> state.change(it -> {
        entered.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }));
      entered.await();
      var waiter = Thread.ofVirtual().name("the waiter").start(() -> state.change(it -> {}));
      Awaitility.await().until(() -> !detector.check().isClean());

      var report = detector.check();
      assertThat(report.deadlocks()).isEmpty();
      assertThat(report.waits()).singleElement().satisfies(stalled -> {
        assertThat(stalled.lockWait().waiter()).isEqualTo(waiter);
        assertThat(stalled.lockWait().holder()).isEqualTo(holder);
        assertThat(stalled.stack()).isNotEmpty();
        assertThat(stalled.holderStack()).isNotEmpty();
      });
      assertThat(report.describe()).contains("the waiter", "waits for state", "held at");
      release.countDown();
      holder.join();
      waiter.join();
      assertThat(detector.check().isClean()).isTrue();
    }

    @Test
    void looksByItselfWhenAsked() throws Exception {
      var found = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      try (var watched = ManagedExecutor.virtual("watched").build();
          var watcher = ManagedExecutor.virtual("watcher").build();
          var looking = StallDetector.builder()
              .limit(Duration.ZERO)
              .watch(watched)
              .build()
              .start(watcher, Duration.ofMillis(1), report -> found.countDown())) {
        watched.submit(() -> {
          release.await();
          return null;
        });
        found.await();
        release.countDown();
        assertThat(looking).isNotNull();
      }
    }
  }
}

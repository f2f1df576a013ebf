package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;

class LatchTest {

  private static final int ACTIONS = 10_000;

  /**
   * Whoever gives up walks over the same nodes as whoever opens: with so many of them the two meet in
   * many rounds.
   */
  @RepeatedTest(20)
  void runsEachActionOnceAlthoughAWaiterGivesUpMeanwhile() throws Exception {
    var latch = new Latch();
    var time = new LateTime();
    var givesUp = new FutureTask<>(() -> latch.awaitUntil(time, 1));
    Thread.ofPlatform().daemon().start(givesUp);
    time.parked.await();
    var runs = new AtomicIntegerArray(ACTIONS);
    for (int i = 0; i < ACTIONS; i++) {
      var action = i;
      latch.whenOpen(() -> assertThat(runs.incrementAndGet(action)).isEqualTo(1));
    }

    time.comes.countDown();
    while (!time.isOver) {
      Thread.onSpinWait();
    }
    latch.open();

    givesUp.get(); // whether it was too late does not matter
    for (int i = 0; i < ACTIONS; i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  /** Is over when the test says so, and tells when the one who waits has seen it. */
  private static final class LateTime implements TimeSource {

    private final CountDownLatch parked = new CountDownLatch(1);
    private final CountDownLatch comes = new CountDownLatch(1);
    private volatile boolean isOver;

    @Override
    public long nanoTime() {
      isOver = comes.getCount() == 0;
      return isOver ? 1 : 0;
    }

    @Override
    public void park(Object blocker) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void parkUntil(Object blocker, long deadline) {
      parked.countDown();
      try {
        comes.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Timer schedule(Runnable action, Duration delay) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.touchstone.concurrency.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.concurrency.VirtualMachine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SystemTimeSourceTest {

  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final TimeSource time = TimeSource.system();

  /** Shows what the thread of the timer has of the one that used a timer first. */
  static final class FirstUser {

    private FirstUser() {}

    public static void main(String[] arguments) throws Exception {
      var user = new InheritableThreadLocal<String>();
      user.set("ada");
      Thread.currentThread().setContextClassLoader(new ClassLoader() {});
      var shown = new CountDownLatch(1);
      TimeSource.system()
          .schedule(
              () -> {
                var loader = Thread.currentThread().getContextClassLoader();
                System.out.println(user.get() + ", "
                    + (loader == ClassLoader.getSystemClassLoader()
                        ? "system class loader"
                        : "other class loader"));
                shown.countDown();
              },
              Duration.ZERO);
      shown.await();
    }
  }

  @Nested
  class Deadline {

    @Test
    void ofANegativeDelayIsNow() {
      var deadline = time.deadlineAfter(Duration.ofNanos(-1));

      assertThat(deadline - time.nanoTime()).isNotPositive();
    }

    @Test
    void ofTheLongestDurationIsInTheFuture() {
      var deadline = time.deadlineAfter(FOREVER);

      assertThat(deadline - time.nanoTime()).isPositive();
    }
  }

  @Nested
  class Park {

    @Test
    void returnsAtOnceWhenUnparkedBefore() {
      LockSupport.unpark(Thread.currentThread());

      time.park(this); // a hang would fail by the global timeout
    }

    @Test
    void keepsTheInterruptFlag() {
      Thread.currentThread().interrupt();

      time.park(this);

      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void returnsAtOnceWhenTheDeadlineHasPassed() {
      time.parkUntil(this, time.nanoTime());
    }

    @Test
    void returnsAtTheDeadline() {
      var deadline = time.deadlineAfter(Duration.ofMillis(5));

      while (deadline - time.nanoTime() > 0) {
        time.parkUntil(this, deadline);
      }
    }

    @Test
    void letsAForkJoinPoolStartASpareThread() throws Exception {
      try (var pool = new ForkJoinPool(1)) {
        var parked = new CompletableFuture<Thread>();
        var released = new CountDownLatch(1);
        var waiting = pool.submit(() -> {
          parked.complete(Thread.currentThread());
          while (released.getCount() > 0) {
            time.park(this);
          }
        });
        var waiter = parked.get();

        pool.submit(released::countDown).get(); // the only worker waits: this needs a spare

        LockSupport.unpark(waiter);
        waiting.get();
      }
    }
  }

  @Nested
  class Sleep {

    @Test
    void throwsWhenInterruptedBefore() {
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> time.sleep(Duration.ZERO))
          .withMessage("interrupted in a sleep of PT0S");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void lastsAtLeastAsLongAsAsked() throws Exception {
      var deadline = time.deadlineAfter(Duration.ofMillis(5));

      time.sleep(Duration.ofMillis(5));

      assertThat(deadline - time.nanoTime()).isNotPositive();
    }

    @Test
    void isUnaffectedByAnUnpark() throws Exception {
      var deadline = time.deadlineAfter(Duration.ofMillis(5));
      LockSupport.unpark(Thread.currentThread());

      time.sleep(Duration.ofMillis(5));

      assertThat(deadline - time.nanoTime()).isNotPositive();
    }
  }

  @Nested
  class Schedule {

    @Test
    void runsTheActionOnADaemonThread() throws Exception {
      var thread = new CompletableFuture<Thread>();

      time.schedule(() -> thread.complete(Thread.currentThread()), Duration.ZERO);

      assertThat(thread.get().isDaemon()).isTrue();
      assertThat(thread.get().getName()).isEqualTo("touchstone-timer");
    }

    /** In a virtual machine of its own, where nobody has used a timer before. */
    @Test
    void keepsNothingOfTheThreadThatWasFirst() throws Exception {
      assertThat(VirtualMachine.run(FirstUser.class))
          .isEqualTo(new VirtualMachine.Run(0, List.of("null, system class loader")));
    }

    @Test
    void doesNotRunACancelledAction() throws Exception {
      var ran = new CompletableFuture<Void>();
      var timer = time.schedule(() -> ran.complete(null), FOREVER);

      assertThat(timer.cancel()).isTrue();
      assertThat(timer.cancel()).isFalse();
      assertThat(ran).isNotDone();
    }

    @Test
    void cannotCancelAnActionThatRan() throws Exception {
      var ran = new CompletableFuture<Void>();
      var timer = time.schedule(() -> ran.complete(null), Duration.ZERO);
      ran.get();

      assertThat(timer.cancel()).isFalse();
    }

    @Test
    void survivesAFailingAction() throws Exception {
      var ran = new CompletableFuture<Void>();

      time.schedule(
          () -> {
            throw new AssertionError("expected by the test");
          },
          Duration.ZERO);
      time.schedule(() -> ran.complete(null), Duration.ZERO);

      ran.get();
    }
  }
}

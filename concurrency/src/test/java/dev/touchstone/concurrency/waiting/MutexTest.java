package dev.touchstone.concurrency.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Mutex.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class MutexTest {

  private static final int SEEDS = 300;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private static Attempt lock(Mutex mutex, Duration limit, TimeSource time)
      throws InterruptedException {
    return mutex.lock(Patience.of(limit, time), time, "the mutex");
  }

  @Test
  void isHeldUntilItIsReleasedAsOftenAsItWasTaken() {
    Simulation.run(1, simulation -> {
      var mutex = Mutex.create();
      assertThat(mutex.owner()).isNull();

      assertThat(mutex.tryLock()).isEqualTo(Attempt.TAKEN);
      assertThat(lock(mutex, SECOND, simulation.clock())).isEqualTo(Attempt.TAKEN);
      assertThat(mutex.unlock()).isFalse();

      assertThat(mutex.owner()).isSameAs(Thread.currentThread());
      simulation
          .fork("other", () -> assertThat(mutex.tryLock()).isEqualTo(Attempt.BUSY))
          .join();
      assertThat(mutex.unlock()).as("retired").isFalse();
      assertThat(mutex.owner()).isNull();
      simulation
          .fork("another", () -> {
            assertThat(mutex.tryLock()).isEqualTo(Attempt.TAKEN);
            mutex.unlock();
          })
          .join();
    });
  }

  @Test
  void isNotTakenBackByWhoHasReleasedIt() {
    Simulation.run(1, simulation -> {
      var mutex = Mutex.create();
      mutex.tryLock();
      mutex.unlock();
      var other = simulation.fork("other", () -> {
        mutex.tryLock();
        simulation.clock().sleep(SECOND);
        mutex.unlock();
      });
      simulation.clock().sleep(Duration.ofMillis(1));

      assertThat(mutex.owner()).isSameAs(other);
      assertThat(mutex.tryLock()).isEqualTo(Attempt.BUSY);
    });
  }

  @Test
  void servesInTheOrderOfArrivalAndTellsWhoWaitsSinceWhen() {
    Simulation.explore(SEEDS, simulation -> {
      var clock = simulation.clock();
      var mutex = Mutex.create();
      mutex.tryLock();
      var served = new ArrayList<Thread>();
      var threads = new ArrayList<Thread>();
      var arrivals = new ArrayList<Long>();
      for (int i = 0; i < 3; i++) {
        arrivals.add(clock.nanoTime());
        threads.add(simulation.fork("waiter-" + i, () -> {
          assertThat(lock(mutex, HOUR, clock)).isEqualTo(Attempt.TAKEN);
          assertThat(mutex.owner()).isSameAs(Thread.currentThread());
          served.add(Thread.currentThread());
          mutex.unlock();
        }));
        clock.sleep(SECOND);
      }

      assertThat(mutex.waiters()).extracting(Turn::thread).containsExactlyElementsOf(threads);
      for (int i = 0; i < 3; i++) {
        assertThat(mutex.waiters().get(i).since() - arrivals.get(i))
            .isBetween(0L, SECOND.toNanos());
      }
      mutex.unlock();

      for (var thread : threads) {
        thread.join();
      }
      assertThat(served).isEqualTo(threads);
      assertThat(mutex.waiters()).isEmpty();
    });
  }

  @Test
  void isGivenUpWhenTheTimeIsOverOrTheThreadIsInterrupted() {
    Simulation.explore(SEEDS, simulation -> {
      var clock = simulation.clock();
      var mutex = Mutex.create();
      mutex.tryLock();
      var late = simulation.fork(
          "late", () -> assertThat(lock(mutex, SECOND, clock)).isEqualTo(Attempt.BUSY));
      var interrupted = simulation.fork(
          "interrupted",
          () -> assertThatThrownBy(() -> lock(mutex, HOUR, clock))
              .isInstanceOf(InterruptedException.class)
              .hasMessage("interrupted while waiting at the mutex"));
      clock.sleep(SECOND.multipliedBy(2));

      interrupted.interrupt();
      late.join();
      interrupted.join();

      assertThat(mutex.waiters()).isEmpty();
      mutex.unlock();
      assertThat(mutex.tryLock()).isEqualTo(Attempt.TAKEN);
    });
  }

  @Test
  void isUsedOnceIfItIsToRetire() {
    Simulation.explore(SEEDS, simulation -> {
      var clock = simulation.clock();
      var mutex = Mutex.usedOnce(new ReentrantLock());
      assertThat(mutex.owner()).isSameAs(Thread.currentThread());
      var retired = new ArrayList<Boolean>();
      var threads = List.of(
          simulation.fork("one", () -> use(mutex, clock, retired)),
          simulation.fork("two", () -> use(mutex, clock, retired)));
      if (simulation.random().nextBoolean()) {
        clock.sleep(SECOND); // both are waiting
      }

      retired.add(mutex.unlock());

      for (var thread : threads) {
        thread.join();
      }
      assertThat(retired.removeLast()).isTrue();
      assertThat(retired).doesNotContain(true);
      assertThat(mutex.tryLock()).isEqualTo(Attempt.RETIRED);
      assertThat(lock(mutex, HOUR, clock)).isEqualTo(Attempt.RETIRED);
    });
  }

  private static void use(Mutex mutex, TimeSource clock, List<Boolean> retired)
      throws InterruptedException {
    if (lock(mutex, HOUR, clock) == Attempt.TAKEN) {
      retired.add(mutex.unlock());
    }
  }

  @Test
  void isReleasedByItsHolderOnly() {
    var mutex = Mutex.create();

    assertThatThrownBy(mutex::unlock)
        .isInstanceOf(IllegalMonitorStateException.class)
        .hasMessageEndingWith("does not hold the lock: it must be released by its holder");
  }
}

package dev.touchstone.concurrency.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.netflix.concurrency.limits.limit.VegasLimit;
import dev.touchstone.concurrency.limit.ConcurrencyLimiter.Order;
import dev.touchstone.concurrency.limit.Limit.Outcome;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcurrencyLimiterTest {

  @Nested
  class Permits {

    private final ConcurrencyLimiter limiter = ConcurrencyLimiter.of(2);

    @Test
    void areCounted() throws Exception {
      var first = limiter.acquire();
      var second = limiter.tryAcquire().orElseThrow();

      assertThat(limiter.tryAcquire()).isEmpty();
      assertThat(limiter.acquire(Duration.ZERO)).isEmpty();
      assertThat(limiter.acquire(Duration.ofMillis(2))).isEmpty();
      assertThat(limiter).hasToString("ConcurrencyLimiter[2 of 2 permits taken, 0 threads wait]");
      first.close();
      second.success();
      assertThat(limiter.inFlight()).isZero();
    }

    @Test
    void areGivenBackOnce() throws Exception {
      var permit = limiter.acquire();
      permit.success();
      permit.dropped();
      permit.ignore();
      permit.close();
      assertThat(limiter.inFlight()).isZero();
    }

    @Test
    void areNotTakenByAnInterruptedThread() throws Exception {
      Thread.currentThread().interrupt();
      assertThatThrownBy(limiter::acquire).isInstanceOf(InterruptedException.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> limiter.acquire(Duration.ofDays(1)))
          .isInstanceOf(InterruptedException.class);
      Thread.currentThread().interrupt();
      limiter.tryAcquire().orElseThrow().close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(limiter.inFlight()).isZero();
    }

    @Test
    void areWaitedForAsLongAsIsSaid() {
      Simulation.run(1, simulation -> {
        var clock = simulation.clock();
        var limiter =
            ConcurrencyLimiter.builder(Limit.fixed(1)).timeSource(clock).build();
        var permit = limiter.acquire();
        var start = clock.nanoTime();
        simulation.fork("late", () -> {
          clock.sleep(Duration.ofSeconds(2));
          permit.close();
        });

        assertThat(limiter.acquire(Duration.ofSeconds(1))).isEmpty();
        assertThat(limiter.acquire(Duration.ofHours(1))).isPresent();
        assertThat(clock.nanoTime() - start).isBetween(2_000_000_000L, 3_000_000_000L);
      });
    }

    @Test
    void canBeMoreOrLess() throws Exception {
      limiter.resize(1);
      var permit = limiter.acquire();
      assertThat(limiter.tryAcquire()).isEmpty();
      limiter.resize(2);
      limiter.tryAcquire().orElseThrow().close();
      permit.close();
      assertThatThrownBy(() -> limiter.resize(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("limit must be at least 1, was 0");
      assertThatThrownBy(
              () -> ConcurrencyLimiter.builder(Limit.aimd(1, 2, 3)).build().resize(2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a limit that adapts cannot be resized: use Limit.fixed");
    }

    @Test
    void thatBecomeMoreGoToThoseWhoWait() {
      Simulation.run(1, simulation -> {
        var clock = simulation.clock();
        var limiter =
            ConcurrencyLimiter.builder(Limit.fixed(1)).timeSource(clock).build();
        var permit = limiter.acquire();
        var waiting = simulation.fork("waiting", () -> limiter.acquire().close());
        clock.sleep(Duration.ofSeconds(1));

        limiter.resize(2);

        waiting.join();
        permit.close();
      });
    }

    @Test
    void areRefusedBeyondTheBacklog() throws Exception {
      var none = ConcurrencyLimiter.builder(Limit.fixed(1)).backlog(0).build();
      var permit = none.acquire();
      assertThatThrownBy(none::acquire)
          .isInstanceOfSatisfying(
              LimitExceededException.class, full -> assertThat(full.waiting()).isZero())
          .hasMessage(
              "all 1 permits are taken and 0 threads wait, as many as may: do less, or allow"
                  + " a longer backlog");
      permit.close();
      none.acquire().close();
    }
  }

  @Nested
  class Limits {

    @Test
    void growAndShrink() {
      var limit = Limit.aimd(2, 10, 12);
      limit.onSample(1, 4, Outcome.SUCCESS);
      assertThat(limit.current()).as("not used, so not known").isEqualTo(10);
      limit.onSample(1, 5, Outcome.SUCCESS);
      assertThat(limit.current()).as("half used").isEqualTo(11);
      for (int i = 0; i < 5; i++) {
        limit.onSample(1, 10, Outcome.SUCCESS);
      }
      assertThat(limit.current()).isEqualTo(12);
      limit.onSample(1, 12, Outcome.DROPPED);
      assertThat(limit.current()).isEqualTo(10);
      for (int i = 0; i < 20; i++) {
        limit.onSample(1, 1, Outcome.DROPPED);
      }
      assertThat(limit.current()).isEqualTo(2);
      assertThat(limit).hasToString("AimdLimit[2, from 2 to 12]");
    }

    @Test
    void doNotGrowBeyondTheLargestNumber() {
      var limit = Limit.aimd(1, Integer.MAX_VALUE, Integer.MAX_VALUE);

      limit.onSample(1, Integer.MAX_VALUE, Outcome.SUCCESS);

      assertThat(limit.current()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void mayBeginAtEitherEnd() {
      assertThat(Limit.aimd(2, 2, 3).current()).isEqualTo(2);
      assertThat(Limit.aimd(1, 3, 3).current()).isEqualTo(3);
    }

    @Test
    void hearHowLongAPermitWasHeldAndHowManyWere() {
      Simulation.run(1, simulation -> {
        var clock = simulation.clock();
        var samples = new ArrayList<String>();
        var limiter = ConcurrencyLimiter.builder(new Limit() {
              @Override
              public int current() {
                return 2;
              }

              @Override
              public void onSample(long rttNanos, int inFlight, Outcome outcome) {
                samples.add(rttNanos / 1_000_000_000 + " s, " + inFlight + ", " + outcome);
              }
            })
            .timeSource(clock)
            .build();
        clock.sleep(Duration.ofSeconds(5));
        var first = limiter.acquire();
        clock.sleep(Duration.ofSeconds(1));
        var second = limiter.acquire();
        clock.sleep(Duration.ofSeconds(2));

        first.success();
        second.dropped();

        assertThat(samples).containsExactly("3 s, 1, SUCCESS", "2 s, 2, DROPPED");
      });
    }

    @Test
    void thatGrowMeanwhileHelpWhoMayNotWait() throws Exception {
      var asked = new AtomicInteger();
      Limit growing = new Limit() {
        @Override
        public int current() {
          return asked.getAndIncrement(); // none at first, one when the backlog has been found full
        }

        @Override
        public void onSample(long rttNanos, int inFlight, Outcome outcome) {}
      };
      var limiter = ConcurrencyLimiter.builder(growing).backlog(0).build();

      limiter.acquire().close();

      assertThat(asked).hasValue(2);
    }

    @Test
    void areChecked() {
      assertThatThrownBy(() -> Limit.aimd(3, 2, 5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("must be 1 <= min <= initial <= max, was min 3, initial 2, max 5");
      assertThatThrownBy(() -> Limit.fixed(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void learnFromPermits() throws Exception {
      var limiter = ConcurrencyLimiter.builder(Limit.aimd(1, 4, 8)).build();
      limiter.acquire().dropped();
      assertThat(limiter.limit()).isEqualTo(3);
      limiter.acquire().ignore();
      assertThat(limiter.limit()).isEqualTo(3);
    }

    @Test
    void mayBeThoseOfNetflix() throws Exception {
      var vegas = VegasLimit.newBuilder().initialLimit(4).maxConcurrency(10).build();
      var limit = NetflixLimits.adapt(vegas::getLimit, vegas::onSample);
      var limiter = ConcurrencyLimiter.builder(limit).build();
      assertThat(limiter.limit()).isEqualTo(4);
      for (int i = 0; i < 100; i++) {
        limiter.acquire().dropped();
      }
      assertThat(limiter.limit()).isBetween(1, 3);
      assertThat(limiter.inFlight()).isZero();
    }

    @Test
    void thatBreakLoseNoPermit() throws Exception {
      var limiter = ConcurrencyLimiter.builder(new Limit() {
            @Override
            public int current() {
              return 1;
            }

            @Override
            public void onSample(long rttNanos, int inFlight, Outcome outcome) {
              throw new IllegalStateException("broken limit");
            }
          })
          .build();
      var permit = limiter.acquire();
      assertThatThrownBy(permit::success).hasMessage("broken limit");
      limiter.acquire().close();
    }

    @Test
    void thatBreakLeaveNobodyInLine() throws Exception {
      var asked = new AtomicInteger();
      var limiter = ConcurrencyLimiter.builder(new Limit() {
            @Override
            public int current() {
              if (asked.incrementAndGet() == 3) {
                throw new IllegalStateException("broken limit");
              }
              return 1;
            }

            @Override
            public void onSample(long rttNanos, int inFlight, Outcome outcome) {}
          })
          .build();
      var permit = limiter.acquire();

      assertThatThrownBy(limiter::acquire).hasMessage("broken limit"); // once it was in line

      assertThat(limiter.waiting()).isZero();
      permit.close();
      assertThat(limiter.inFlight()).isZero();
    }
  }

  static List<Named<Scenario>> scenarios() {
    return List.of(
        Named.of("first come, first served", s -> conservation(s, Order.FIFO)),
        Named.of("last come, first served", s -> conservation(s, Order.LIFO)),
        Named.of("fifo order", ConcurrencyLimiterTest::fifo));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void holdsUnderManySchedules(Scenario scenario) {
    Simulation.explore(300, scenario);
  }

  @Tag("stress")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @MethodSource("scenarios")
  void holdsUnderTenThousandSchedules(Scenario scenario) {
    Simulation.explore(10_000, scenario);
  }

  /** No permit is lost or made up, whoever is interrupted, late or refused. */
  private static void conservation(Simulation simulation, Order order) throws Exception {
    var permits = 1 + simulation.random().nextInt(2);
    var limiter = ConcurrencyLimiter.builder(Limit.fixed(permits))
        .backlog(2)
        .order(order)
        .timeSource(simulation.clock())
        .build();
    var inside = new int[1];
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(simulation.fork("thread-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          try {
            var permit = simulation.random().nextBoolean()
                ? limiter.acquire()
                : limiter.acquire(micros(simulation.random().nextInt(10))).orElse(null);
            if (permit != null) {
              assertThat(++inside[0]).isLessThanOrEqualTo(permits);
              simulation.clock().nanoTime();
              inside[0]--;
              permit.close();
            }
          } catch (InterruptedException nothingTaken) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          } catch (LimitExceededException full) {
            assertThat(full.limit()).isEqualTo(permits);
            assertThat(full.waiting()).isEqualTo(2);
          }
        }
      }));
    }
    simulation.interruptSometime(threads.get(0));
    simulation.interruptSometime(threads.get(1));
    for (var thread : threads) {
      thread.join();
    }
    assertThat(limiter.inFlight()).isZero();
    assertThat(limiter.waiting()).isZero();
  }

  private static void fifo(Simulation simulation) throws Exception {
    var limiter = ConcurrencyLimiter.builder(Limit.fixed(1))
        .timeSource(simulation.clock())
        .build();
    var served = new ArrayList<Integer>();
    var permit = limiter.acquire();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      var number = i;
      threads.add(simulation.fork("thread-" + i, () -> {
        try (var mine = limiter.acquire()) {
          assertThat(mine).isNotNull();
          served.add(number);
        }
      }));
      while (limiter.waiting() <= i) {
        simulation.point();
      }
    }
    permit.close();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(served).containsExactly(0, 1, 2);
  }

  private static Duration micros(int micros) {
    return Duration.ofNanos(micros * 1_000L);
  }
}

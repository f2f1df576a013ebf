package dev.touchstone.examples.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CurrentRoutesTest {

  private static final RouteTable ONE = RouteTable.of(List.of());
  private static final RouteTable TWO = RouteTable.of(List.of());

  @Test
  void keepsTheTableOfARequestThatHasBegun() throws Exception {
    var routes = new CurrentRoutes(ONE);
    var use = routes.enter();

    var retired = routes.replace(TWO);

    assertThat(routes.table()).isSameAs(TWO);
    assertThat(use.table()).isSameAs(ONE).isSameAs(retired.table());
    assertThat(retired.running()).isEqualTo(1);
    assertThat(retired.await(Duration.ZERO)).isFalse();
    use.close();
    assertThat(retired.running()).isZero();
    assertThat(retired.await(Duration.ZERO)).isTrue();
  }

  @Test
  void isDrainedAtOnceIfNothingRuns() throws Exception {
    var routes = new CurrentRoutes(ONE);

    assertThat(routes.replace(TWO).await(Duration.ZERO)).isTrue();
  }

  /* Taking the test of the sign out of Term.tryEnter makes this fail. */
  @Test
  void letsNobodyIntoATableThatWasSeenToBeDrained() throws Exception {
    var routes = new CurrentRoutes(ONE);
    var drained = ConcurrentHashMap.<RouteTable>newKeySet();
    var isOver = new AtomicBoolean();
    var failed = new AtomicBoolean();
    var start = new CyclicBarrier(4);
    try (var threads = Executors.newCachedThreadPool()) {
      for (var i = 0; i < 3; i++) {
        threads.submit(() -> {
          start.await();
          while (!isOver.get()) {
            try (var use = routes.enter()) {
              if (drained.contains(use.table())) {
                failed.set(true);
              }
            }
          }
          return null;
        });
      }
      start.await();
      try {
        for (var i = 0; i < 2_000; i++) {
          var retired = routes.replace(RouteTable.of(List.of()));
          assertThat(retired.await(Duration.ofSeconds(10))).isTrue();
          drained.add(retired.table());
        }
      } finally {
        isOver.set(true);
      }
    }

    assertThat(failed).isFalse();
  }
}

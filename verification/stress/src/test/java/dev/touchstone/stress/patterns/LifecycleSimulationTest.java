package dev.touchstone.stress.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import dev.touchstone.patterns.lazy.Lazy;
import dev.touchstone.patterns.lazy.Scope;
import dev.touchstone.patterns.strategy.Swap;
import dev.touchstone.patterns.strategy.Switchable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are made once, and closed when their last user is done, under many schedules. */
class LifecycleSimulationTest {

  static List<Named<Scenario>> scenarios() {
    return List.of(
        Named.of("a value that is replaced", LifecycleSimulationTest::replace),
        Named.of("a scope", LifecycleSimulationTest::scope),
        Named.of("initializers in a circle", LifecycleSimulationTest::circle));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void holdUnderManySchedules(Scenario scenario) {
    Simulation.explore(300, scenario);
  }

  @Tag("stress")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @MethodSource("scenarios")
  void holdUnderTenThousandSchedules(Scenario scenario) {
    Simulation.explore(10_000, scenario);
  }

  /** A resource that knows who uses it. */
  private static final class Resource implements AutoCloseable {

    private final Simulation simulation;
    int users;
    int closed;

    Resource(Simulation simulation) {
      this.simulation = simulation;
    }

    Resource use() {
      users++;
      assertThat(closed).as("closed while it is used").isZero();
      simulation.point();
      assertThat(closed).as("closed while it is used").isZero();
      users--;
      return this;
    }

    @Override
    public void close() {
      assertThat(users).as("users at the end").isZero();
      closed++;
      simulation.point();
    }
  }

  private static void replace(Simulation simulation) throws Exception {
    var made = new ArrayList<Resource>();
    made.add(new Resource(simulation));
    var swaps = new ArrayList<Swap>();
    var current = Switchable.of(made.getFirst());
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(simulation.fork("user " + i, () -> {
        for (int use = 0; use < 4; use++) {
          current.use(Resource::use);
          try (var lease = current.lease()) {
            simulation.point();
            lease.value().use();
          }
        }
      }));
      threads.add(simulation.fork("swapper " + i, () -> {
        for (int swap = 0; swap < 3; swap++) {
          simulation.point();
          var next = new Resource(simulation);
          made.add(next);
          swaps.add(current.swap(next));
        }
      }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(swaps)
        .hasSize(6)
        .allMatch(Swap::isDone)
        .allMatch(s -> s.closeFailure().isEmpty());
    assertThat(made.stream().mapToInt(resource -> resource.closed).sum()).isEqualTo(6);
    assertThat(made).allMatch(resource -> resource.closed <= 1);
  }

  private static void scope(Simulation simulation) throws Exception {
    var made = new ArrayList<Resource>();
    var seen = new HashSet<Resource>();
    var scope = new Scope();
    var threads = new ArrayList<Thread>();
    var resource = scope.single(Resource.class, () -> {
      simulation.point();
      var one = new Resource(simulation);
      made.add(one);
      simulation.point();
      return one;
    });
    for (int i = 0; i < 3; i++) {
      threads.add(simulation.fork("user " + i, () -> {
        simulation.point();
        try {
          seen.add(resource.get());
        } catch (IllegalStateException e) {
          assertThat(e).hasMessageContaining("closed");
        }
      }));
    }
    for (int i = simulation.random().nextInt(12); i > 0; i--) {
      simulation.point();
    }
    scope.close();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(made).hasSizeLessThanOrEqualTo(1).allMatch(one -> one.closed == 1);
    assertThat(seen).hasSizeLessThanOrEqualTo(1);
  }

  /** Each of two initializers needs the other: one of them hears of it, and nobody waits for ever. */
  private static void circle(Simulation simulation) throws Exception {
    var lazies = new ArrayList<Lazy<String>>();
    for (int i = 0; i < 2; i++) {
      int other = 1 - i;
      lazies.add(Lazy.of(() -> {
        simulation.point();
        return lazies.get(other).get();
      }));
    }
    var refused = new int[1];
    var threads = new ArrayList<Thread>();
    for (var lazy : lazies) {
      threads.add(simulation.fork("user", () -> {
        try {
          lazy.get();
        } catch (IllegalStateException e) {
          refused[0]++;
        }
      }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(refused[0]).isEqualTo(2);
  }
}

package dev.touchstone.stress.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import dev.touchstone.patterns.observe.DeliveryFailure;
import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.observe.Listener;
import dev.touchstone.patterns.observe.Overflow;
import dev.touchstone.patterns.observe.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lanes of an event bus under many schedules. A wake-up that is lost, or a poster that waits for
 * itself, ends in a {@code DeadlockError}.
 */
class LaneSimulationTest {

  private static final int EACH = 6;

  /** An event, which says who posted it and how many that one had posted before. */
  private record News(int poster, int number) {}

  static List<Named<Scenario>> scenarios() {
    return List.of(
        Named.of("block", s -> everyRule(s, Overflow.block())),
        Named.of("drop the newest", s -> everyRule(s, Overflow.dropNewest())),
        Named.of("drop the oldest", s -> everyRule(s, Overflow.dropOldest())),
        Named.of("conflate", s -> everyRule(s, Overflow.conflate(News::poster))),
        Named.of("fail", s -> everyRule(s, Overflow.fail())),
        Named.of("an executor that rejects", LaneSimulationTest::rejections),
        Named.of("errors of the machine", LaneSimulationTest::errors),
        Named.of("interrupted posters", LaneSimulationTest::interruptions),
        Named.of("lanes that post to each other", LaneSimulationTest::eachOther),
        Named.of("the end of a subscription", LaneSimulationTest::unsubscribe),
        Named.of("the end of the bus", LaneSimulationTest::closeBus));
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

  /** A listener that notes what it gets, and fails if it is called twice at a time. */
  private static final class Recorder implements Listener<News> {

    private final Simulation simulation;
    final List<News> got = new ArrayList<>();
    int inside;

    Recorder(Simulation simulation) {
      this.simulation = simulation;
    }

    @Override
    public void on(News news) {
      assertThat(++inside).as("calls at a time").isEqualTo(1);
      simulation.point();
      got.add(news);
      simulation.point();
      inside--;
    }

    /** Checks that the events of each poster came in their order, and none of them twice. */
    void checkOrder() {
      for (int poster = 0; poster < 3; poster++) {
        int mine = poster;
        assertThat(got.stream().filter(news -> news.poster == mine).map(News::number))
            .isSorted()
            .doesNotHaveDuplicates();
      }
    }
  }

  /** Posts of some threads; who joins them knows how many events were taken. */
  private static final class Posters {

    private final Simulation simulation;
    private final List<Thread> threads = new ArrayList<>();
    int taken;

    Posters(Simulation simulation, EventBus<News> bus) {
      this.simulation = simulation;
      for (int i = 0; i < 3; i++) {
        int poster = i;
        threads.add(simulation.fork("poster " + i, () -> post(bus, poster)));
      }
    }

    private void post(EventBus<News> bus, int poster) {
      for (int number = 0; number < EACH; number++) {
        simulation.point();
        try {
          int listeners = bus.post(new News(poster, number)); // during which others may post
          taken += listeners;
        } catch (IllegalStateException e) {
          assertThat(e).hasMessageEndingWith("is closed");
          return;
        }
      }
    }

    void join() throws InterruptedException {
      for (var thread : threads) {
        thread.join();
      }
    }
  }

  /** Waits until every event posted is accounted for. */
  private static void awaitAll(
      Simulation simulation,
      EventBus<News> bus,
      Recorder recorder,
      List<DeliveryFailure> failures) {
    while (recorder.got.size() + failures.size() + dropped(bus) < 3 * EACH || recorder.inside > 0) {
      simulation.point();
    }
    assertThat(recorder.got.size() + failures.size() + dropped(bus)).isEqualTo(3 * EACH);
    assertThat(failures)
        .allSatisfy(f -> assertThat(f.cause()).isNotInstanceOf(AssertionError.class));
  }

  private static int dropped(EventBus<News> bus) {
    var delivery =
        (Topology.Delivery.Lane) bus.describe().listeners().getFirst().delivery();
    return (int) delivery.dropped();
  }

  private static EventBus<News> bus(List<DeliveryFailure> failures) {
    return EventBus.of(News.class).onError(failures::add).build();
  }

  private static void register(
      EventBus<News> bus,
      Executor executor,
      int capacity,
      Overflow<News> overflow,
      Listener<News> listener) {
    bus.on(News.class)
        .named("lane")
        .via(executor)
        .serial()
        .capacity(capacity, overflow)
        .handle(listener);
  }

  private static void everyRule(Simulation simulation, Overflow<News> overflow) throws Exception {
    var failures = new ArrayList<DeliveryFailure>();
    var bus = bus(failures);
    var recorder = new Recorder(simulation);
    try (var pool = SimulatedPool.of(simulation, 1 + simulation.random().nextInt(3))) {
      register(bus, pool, 1 + simulation.random().nextInt(3), overflow, recorder);

      new Posters(simulation, bus).join();
      awaitAll(simulation, bus, recorder, failures);
    }
    recorder.checkOrder();
    if (overflow instanceof Overflow.Block<News>) {
      assertThat(recorder.got).hasSize(3 * EACH);
    }
    if (overflow instanceof Overflow.Conflate<News>) {
      assertThat(recorder.got)
          .contains(new News(0, EACH - 1), new News(1, EACH - 1), new News(2, EACH - 1));
    }
  }

  private static void rejections(Simulation simulation) throws Exception {
    var failures = new ArrayList<DeliveryFailure>();
    var bus = bus(failures);
    var recorder = new Recorder(simulation);
    try (var pool = SimulatedPool.rejectingOneOf(3, simulation, 2)) {
      register(bus, pool, 2, Overflow.block(), recorder);

      new Posters(simulation, bus).join();
      awaitAll(simulation, bus, recorder, failures);
    }
    recorder.checkOrder();
  }

  private static void errors(Simulation simulation) throws Exception {
    var failures = new ArrayList<DeliveryFailure>();
    var bus = bus(failures);
    var recorder = new Recorder(simulation);
    try (var pool = SimulatedPool.rejectingOneOf(4, simulation, 2)) {
      Executor unharmed = task -> pool.execute(() -> {
        try {
          task.run();
        } catch (StackOverflowError e) {
          assertThat(e).hasMessage("injected");
        }
      });
      register(bus, unharmed, 2, Overflow.block(), news -> {
        recorder.on(news);
        if (simulation.random().nextInt(3) == 0) {
          throw new StackOverflowError("injected");
        }
      });

      new Posters(simulation, bus).join();
      awaitAll(simulation, bus, recorder, failures);
    }
    recorder.checkOrder();
  }

  private static void interruptions(Simulation simulation) throws Exception {
    var failures = new ArrayList<DeliveryFailure>();
    var bus = bus(failures);
    var recorder = new Recorder(simulation);
    try (var pool = SimulatedPool.of(simulation, 2)) {
      register(bus, pool, 1, Overflow.block(), recorder);

      var posters = new Posters(simulation, bus);
      posters.threads.forEach(simulation::interruptSometime);
      posters.join();
      awaitAll(simulation, bus, recorder, failures);
    }
    recorder.checkOrder();
    assertThat(failures)
        .allSatisfy(f -> assertThat(f.cause()).isInstanceOf(InterruptedException.class));
  }

  /** Two lanes of few threads; what the first gets it posts on, to the other, which is soon full. */
  private static void eachOther(Simulation simulation) throws Exception {
    int threads = 1 + simulation.random().nextInt(2);
    var failures = new ArrayList<DeliveryFailure>();
    var first = bus(failures);
    var second = bus(failures);
    var recorder = new Recorder(simulation);
    try (var pool = SimulatedPool.of(simulation, threads)) {
      register(second, pool, 1, Overflow.block(), recorder);
      second.post(new News(0, -1)); // a lane has to have met its thread
      while (recorder.got.isEmpty() || recorder.inside > 0) {
        simulation.point();
      }
      register(first, pool, 2, Overflow.block(), news -> {
        second.post(new News(news.poster, 2 * news.number));
        second.post(new News(news.poster, 2 * news.number + 1));
      });

      new Posters(simulation, first).join();
      while (recorder.got.size() < 1 + 2 * 3 * EACH || recorder.inside > 0) {
        simulation.point();
      }
    }
    recorder.checkOrder();
    assertThat(failures).isEmpty();
  }

  private static void unsubscribe(Simulation simulation) throws Exception {
    var failures = new ArrayList<DeliveryFailure>();
    var bus = bus(failures);
    var recorder = new Recorder(simulation);
    var ended = new boolean[1];
    try (var pool = SimulatedPool.of(simulation, 2)) {
      var subscription = bus.on(News.class)
          .via(pool)
          .serial()
          .capacity(1, Overflow.block())
          .tracked()
          .handle(news -> {
            assertThat(ended[0]).as("called after the end").isFalse();
            recorder.on(news);
          });
      var posters = new Posters(simulation, bus);
      for (int i = simulation.random().nextInt(40); i > 0; i--) {
        simulation.point();
      }

      assertThat(subscription.closeAndAwait(Duration.ofMinutes(1))).isTrue();
      ended[0] = true;
      assertThat(recorder.inside).as("calls under way").isZero();
      posters.join();
    }
    recorder.checkOrder();
    assertThat(failures).isEmpty();
  }

  private static void closeBus(Simulation simulation) throws Exception {
    var failures = new ArrayList<DeliveryFailure>();
    var bus = bus(failures);
    var recorder = new Recorder(simulation);
    int dropped;
    var posters = new Posters(simulation, bus);
    try (var pool = SimulatedPool.of(simulation, 1)) {
      register(bus, pool, 2, Overflow.block(), recorder);
      for (int i = simulation.random().nextInt(40); i > 0; i--) {
        simulation.point();
      }

      dropped = bus.close(Duration.ZERO);
      posters.join();
      while (recorder.inside > 0) {
        simulation.point();
      }
    }
    recorder.checkOrder();
    assertThat(recorder.got.size() + dropped).isEqualTo(posters.taken);
    assertThat(failures).isEmpty();
  }
}

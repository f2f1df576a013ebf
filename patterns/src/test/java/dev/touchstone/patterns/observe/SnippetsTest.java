package dev.touchstone.patterns.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  private final List<Object> seen = new ArrayList<>();

  // @start region="signal"
  static final class Thermometer {
    private final Signal<Double> changed = Signal.create();

    Signal.View<Double> changed() {
      return changed.view(); // others subscribe; only the thermometer emits
    }

    void measure(double celsius) {
      changed.emit(celsius);
    }
  }

  // @end

  @Test
  void signal() {
    var thermometer = new Thermometer();
    try (var subscription = thermometer.changed().subscribe(seen::add)) {
      thermometer.measure(21.5);
      assertThat(subscription.isActive()).isTrue();
    }
    thermometer.measure(22.0);

    assertThat(seen).containsExactly(21.5);
  }

  static final class Screen {

    private final List<Double> shown = new ArrayList<>();

    void show(double celsius) {
      shown.add(celsius);
    }
  }

  @Test
  void weak() {
    var thermometer = new Thermometer();
    var screen = new Screen();
    // @start region="weak"
    thermometer.changed().subscribeWeak(screen, Screen::show); // ends when the screen is garbage
    // @end
    thermometer.measure(21.5);

    assertThat(screen.shown).containsExactly(21.5);
  }

  // @start region="events"
  sealed interface OrderEvent {}

  record Placed(String order) implements OrderEvent {}

  record Paid(String order, long cents) implements OrderEvent {}

  // @end

  @Test
  void bus() {
    // @start region="bus"
    var bus = EventBus.of(OrderEvent.class).build();
    bus.on(Placed.class, event -> seen.add("reserve " + event.order()));
    bus.on(OrderEvent.class, event -> seen.add("audit " + event)); // every event
    bus.requireHandlers(); // throws if a permitted subtype of OrderEvent has no listener

    bus.post(new Placed("A-1")); // returns 2
    // @end

    assertThat(seen).containsExactly("reserve A-1", "audit Placed[order=A-1]");
  }

  @Test
  void registration() {
    var bus = EventBus.of(OrderEvent.class).build();
    // @start region="registration"
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    bus.on(Paid.class)
        .named("ledger")
        .filter(event -> event.cents() > 0)
        .via(executor)
        .serial() // one at a time, in order
        .capacity(100, Overflow.block()) // at most 100 wait; then the poster does
        .handle(event -> seen.add(event.cents()));

    bus.post(new Paid("A-1", 1999));
    bus.close(Duration.ofSeconds(5)); // lets the ledger finish
    // @end
    executor.close();

    assertThat(seen).containsExactly(1999L);
  }

  @Test
  void observed() {
    // @start region="observed"
    var temperature = Observed.of(21.0);
    temperature.observe(celsius -> seen.add(celsius)); // called at once with 21.0

    temperature.set(21.0); // nothing: an equal value is no change
    temperature.update(celsius -> celsius + 1.5); // called with 22.5
    // @end

    assertThat(seen).containsExactly(21.0, 22.5);
  }
}

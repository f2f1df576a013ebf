package dev.touchstone.benchmarks.patterns;

import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.observe.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.engio.mbassy.bus.MBassador;
import net.engio.mbassy.bus.error.IPublicationErrorHandler;
import net.engio.mbassy.listener.Handler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;

/** Posting an event to listeners that count it, on several buses in their default settings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BusBenchmark {

  /** The event. */
  public record Placed(int order) {}

  /** The event as Spring wants it. */
  @SuppressWarnings("serial") // never written
  public static final class SpringPlaced extends ApplicationEvent {

    SpringPlaced(Object source) {
      super(source);
    }
  }

  /** A listener as Spring wants it: its class names the type of the event. */
  private record SpringCounting(Counting counting) implements ApplicationListener<SpringPlaced> {

    @Override
    public void onApplicationEvent(SpringPlaced event) {
      counting.count(event);
    }
  }

  /** Counts events, by the annotations of all the buses. */
  public static final class Counting {

    int events;

    @com.google.common.eventbus.Subscribe
    public void guava(Placed event) {
      events++;
    }

    @org.greenrobot.eventbus.Subscribe
    public void greenrobot(Placed event) {
      events++;
    }

    @Handler
    public void mbassador(Placed event) {
      events++;
    }

    void count(Object event) {
      events++;
    }
  }

  @Param({"1", "10"})
  int listeners;

  private final Placed event = new Placed(1);
  private final SpringPlaced springEvent = new SpringPlaced(this);
  private final List<Object> kept = new ArrayList<>();
  private final List<Consumer<Placed>> list = new ArrayList<>();
  private final Signal<Placed> signal = Signal.create();
  private final EventBus<Object> touchstone = EventBus.of(Object.class).build();
  private final com.google.common.eventbus.EventBus guava =
      new com.google.common.eventbus.EventBus();
  private final org.greenrobot.eventbus.EventBus greenrobot =
      org.greenrobot.eventbus.EventBus.builder().build();
  private final MBassador<Object> mbassador =
      new MBassador<>((IPublicationErrorHandler) failure -> {});
  private final SimpleApplicationEventMulticaster spring = new SimpleApplicationEventMulticaster();

  @Setup
  public void subscribe() {
    for (int i = 0; i < listeners; i++) {
      var counting = new Counting();
      kept.add(counting);
      list.add(counting::count);
      signal.subscribe(counting::count);
      touchstone.on(Placed.class, counting::count);
      guava.register(counting);
      greenrobot.register(counting);
      mbassador.subscribe(counting);
      spring.addApplicationListener(new SpringCounting(counting));
    }
  }

  @TearDown
  public void close() {
    mbassador.shutdown();
  }

  @Benchmark
  public void plainList() {
    for (var listener : list) {
      listener.accept(event);
    }
  }

  @Benchmark
  public int touchstoneSignal() {
    return signal.emit(event);
  }

  @Benchmark
  public int touchstoneBus() {
    return touchstone.post(event);
  }

  @Benchmark
  public void guava() {
    guava.post(event);
  }

  @Benchmark
  public void greenrobot() {
    greenrobot.post(event);
  }

  @Benchmark
  public Object mbassador() {
    return mbassador.publish(event);
  }

  @Benchmark
  public void spring() {
    spring.multicastEvent(springEvent);
  }
}

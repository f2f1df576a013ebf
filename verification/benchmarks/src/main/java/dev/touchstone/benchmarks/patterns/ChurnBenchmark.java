package dev.touchstone.benchmarks.patterns;

import dev.touchstone.patterns.observe.EventBus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import net.engio.mbassy.bus.MBassador;
import net.engio.mbassy.bus.error.IPublicationErrorHandler;
import net.engio.mbassy.listener.Handler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
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

/**
 * Posts by eight threads, while a ninth subscribes and unsubscribes as fast as it can. A listener that
 * was there all the time must have got every event once, or the iteration fails.
 */
@State(Scope.Group)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChurnBenchmark {

  /** The event, as Spring wants it; the others take any. */
  @SuppressWarnings("serial") // never written
  public static final class Placed extends ApplicationEvent {

    Placed(Object source) {
      super(source);
    }
  }

  /** A listener of all the buses. */
  public static final class Counting implements ApplicationListener<Placed> {

    private final LongAdder events = new LongAdder();

    @com.google.common.eventbus.Subscribe
    @com.google.common.eventbus.AllowConcurrentEvents
    public void guava(Placed event) {
      events.increment();
    }

    @org.greenrobot.eventbus.Subscribe
    public void greenrobot(Placed event) {
      events.increment();
    }

    @Handler
    public void mbassador(Placed event) {
      events.increment();
    }

    @Override
    public void onApplicationEvent(Placed event) {
      events.increment();
    }
  }

  @Param({"touchstone", "guava", "greenrobot", "mbassador", "spring"})
  String bus;

  private final Placed event = new Placed(this);
  private final Counting steady = new Counting();
  private final LongAdder posted = new LongAdder();
  private Consumer<Placed> post;
  private Function<Counting, Runnable> subscribe; // what is returned unsubscribes
  private Runnable close = () -> {};

  @Setup
  public void open() {
    switch (bus) {
      case "touchstone" -> touchstone();
      case "guava" -> guava();
      case "greenrobot" -> greenrobot();
      case "mbassador" -> mbassador();
      case "spring" -> spring();
      default -> throw new IllegalArgumentException(bus);
    }
    subscribe.apply(steady);
  }

  private void touchstone() {
    var touchstone = EventBus.of(Placed.class).build();
    post = touchstone::post;
    subscribe = listener -> touchstone.on(Placed.class, listener::onApplicationEvent)::close;
  }

  private void guava() {
    var guava = new com.google.common.eventbus.EventBus();
    post = guava::post;
    subscribe = listener -> {
      guava.register(listener);
      return () -> guava.unregister(listener);
    };
  }

  private void greenrobot() {
    var greenrobot = org.greenrobot.eventbus.EventBus.builder().build();
    post = greenrobot::post;
    subscribe = listener -> {
      greenrobot.register(listener);
      return () -> greenrobot.unregister(listener);
    };
  }

  private void mbassador() {
    var mbassador = new MBassador<Object>((IPublicationErrorHandler) failure -> {});
    post = mbassador::publish;
    close = mbassador::shutdown;
    subscribe = listener -> {
      mbassador.subscribe(listener);
      return () -> mbassador.unsubscribe(listener);
    };
  }

  private void spring() {
    var spring = new SimpleApplicationEventMulticaster();
    post = spring::multicastEvent;
    subscribe = listener -> {
      spring.addApplicationListener(listener);
      return () -> spring.removeApplicationListener(listener);
    };
  }

  @Benchmark
  @Group("churn")
  @GroupThreads(8)
  public void post() {
    post.accept(event);
    posted.increment();
  }

  @Benchmark
  @Group("churn")
  @GroupThreads(1)
  public void subscribeAndUnsubscribe() {
    subscribe.apply(new Counting()).run();
  }

  @TearDown(Level.Iteration)
  public void check() {
    long expected = posted.sumThenReset();
    long got = steady.events.sumThenReset();
    if (got != expected) {
      throw new IllegalStateException(
          bus + " delivered " + got + " of " + expected + " events to a steady listener");
    }
  }

  @TearDown
  public void close() {
    close.run();
  }
}

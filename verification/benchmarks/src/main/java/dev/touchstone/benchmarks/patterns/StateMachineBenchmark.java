package dev.touchstone.benchmarks.patterns;

import com.github.oxo42.stateless4j.StateMachineConfig;
import dev.touchstone.patterns.state.Instance;
import dev.touchstone.patterns.state.StateMachine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One event that changes the state, in a machine of two states; and starting a machine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StateMachineBenchmark {

  /** The states. */
  public enum Lamp {
    OFF,
    ON
  }

  /** The event. */
  public enum Event {
    PRESS
  }

  private static final Object CONTEXT = new Object();

  private final StateMachine<Lamp, Event, Object> machine =
      StateMachine.<Lamp, Event, Object>starting(Lamp.OFF)
          .on(Lamp.OFF, Event.PRESS)
          .go(Lamp.ON)
          .on(Lamp.ON, Event.PRESS)
          .go(Lamp.OFF)
          .build();
  private final Instance<Lamp, Event, Object> lamp = machine.start(CONTEXT);

  private final StateMachineConfig<Lamp, Event> config = stateless4jConfig();
  private final com.github.oxo42.stateless4j.StateMachine<Lamp, Event> stateless4j =
      new com.github.oxo42.stateless4j.StateMachine<>(Lamp.OFF, config);

  private static StateMachineConfig<Lamp, Event> stateless4jConfig() {
    var config = new StateMachineConfig<Lamp, Event>();
    config.configure(Lamp.OFF).permit(Event.PRESS, Lamp.ON);
    config.configure(Lamp.ON).permit(Event.PRESS, Lamp.OFF);
    return config;
  }

  @Benchmark
  public Lamp fireTouchstone() {
    return lamp.fire(Event.PRESS);
  }

  @Benchmark
  public Lamp fireStateless4j() {
    stateless4j.fire(Event.PRESS);
    return stateless4j.getState();
  }

  @Benchmark
  public Object startTouchstone() {
    return machine.start(CONTEXT);
  }

  @Benchmark
  public Object startStateless4j() {
    return new com.github.oxo42.stateless4j.StateMachine<>(Lamp.OFF, config);
  }
}

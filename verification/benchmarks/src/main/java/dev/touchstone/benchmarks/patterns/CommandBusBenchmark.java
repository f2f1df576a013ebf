package dev.touchstone.benchmarks.patterns;

import an.awesome.pipelinr.Pipeline;
import an.awesome.pipelinr.Pipelinr;
import dev.touchstone.patterns.command.Command;
import dev.touchstone.patterns.command.CommandBus;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Sending a command through three layers to its handler, which is one of 50. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommandBusBenchmark {

  /** Ours. */
  public record Increment(int number) implements Command<Integer> {}

  /** Theirs. */
  public record PipelinrIncrement(int number) implements an.awesome.pipelinr.Command<Integer> {}

  private static class Other implements Command<Integer> {}

  /** Theirs, of which there are many. */
  public record PipelinrOther(int number) implements an.awesome.pipelinr.Command<Integer> {}

  private static final class PipelinrOtherHandler
      implements an.awesome.pipelinr.Command.Handler<PipelinrOther, Integer> {

    @Override
    public Integer handle(PipelinrOther command) {
      return command.number();
    }
  }

  private static final class PipelinrHandler
      implements an.awesome.pipelinr.Command.Handler<PipelinrIncrement, Integer> {

    @Override
    public Integer handle(PipelinrIncrement command) {
      return command.number() + 1;
    }
  }

  private static final class PipelinrLayer implements an.awesome.pipelinr.Command.Middleware {

    @Override
    public <R, C extends an.awesome.pipelinr.Command<R>> R invoke(C command, Next<R> next) {
      return next.invoke();
    }
  }

  private final Increment increment = new Increment(1);
  private final PipelinrIncrement pipelinrIncrement = new PipelinrIncrement(1);
  private final CommandBus bus = bus();
  private final Pipeline pipelinr = new Pipelinr()
      .with(() -> Stream.concat(
          Stream.generate(PipelinrOtherHandler::new).limit(49), Stream.of(new PipelinrHandler())))
      .with(() -> Stream.of(new PipelinrLayer(), new PipelinrLayer(), new PipelinrLayer()));

  private static CommandBus bus() {
    var builder = CommandBus.builder()
        .around((command, next) -> next.proceed(command))
        .around((command, next) -> next.proceed(command))
        .around((command, next) -> next.proceed(command))
        .handle(Increment.class, command -> command.number() + 1);
    for (var other : others()) {
      builder.handle(other.getClass(), command -> 0);
    }
    return builder.build();
  }

  /** Returns commands of 49 classes. */
  private static Other[] others() {
    return new Other[] {
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}, new Other() {},
      new Other() {}, new Other() {}, new Other() {}, new Other() {}
    };
  }

  @Benchmark
  public int touchstone() {
    return bus.send(increment);
  }

  @Benchmark
  public int pipelinr() {
    return pipelinrIncrement.execute(pipelinr);
  }
}

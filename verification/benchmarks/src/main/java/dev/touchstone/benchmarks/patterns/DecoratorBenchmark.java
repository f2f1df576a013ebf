package dev.touchstone.benchmarks.patterns;

import dev.touchstone.patterns.decorate.Decorators;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call through three decorators, put together by us and by hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecoratorBenchmark {

  private record Doubling(IntUnaryOperator inner) implements IntUnaryOperator {

    @Override
    public int applyAsInt(int number) {
      return 2 * inner.applyAsInt(number);
    }
  }

  private record Adding(IntUnaryOperator inner) implements IntUnaryOperator {

    @Override
    public int applyAsInt(int number) {
      return 1 + inner.applyAsInt(number);
    }
  }

  private record Negating(IntUnaryOperator inner) implements IntUnaryOperator {

    @Override
    public int applyAsInt(int number) {
      return -inner.applyAsInt(number);
    }
  }

  private record Core(int number) implements IntUnaryOperator {

    @Override
    public int applyAsInt(int other) {
      return number ^ other;
    }
  }

  private int number = 7;
  private final IntUnaryOperator byHand = new Doubling(new Adding(new Negating(new Core(3))));
  private final IntUnaryOperator built = Decorators.of((IntUnaryOperator) new Core(3))
      .with("double", Doubling::new)
      .with("add", Adding::new)
      .with("negate", Negating::new)
      .build();

  @Benchmark
  public int handWritten() {
    return byHand.applyAsInt(number++);
  }

  @Benchmark
  public int decorators() {
    return built.applyAsInt(number++);
  }
}

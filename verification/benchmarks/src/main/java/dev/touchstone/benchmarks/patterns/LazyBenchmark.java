package dev.touchstone.benchmarks.patterns;

import dev.touchstone.patterns.lazy.Lazy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a value that was made lazily, beside the idioms that are written by hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LazyBenchmark {

  /** What a chain of constants leads to; reading {@code next.value} folds if the start does. */
  private record Node(int value) {}

  private static final Lazy<Node> CONSTANT = Lazy.constant(() -> new Node(42));
  private static final Lazy<Node> OF_IN_STATIC = Lazy.of(() -> new Node(42));

  private static final class Holder {
    static final Node NODE = new Node(42);
  }

  private static final class DoubleChecked {

    private volatile @Nullable Node node;

    Node get() {
      var made = node;
      if (made == null) {
        synchronized (this) {
          made = node;
          if (made == null) {
            made = new Node(42);
            node = made;
          }
        }
      }
      return made;
    }
  }

  private final Lazy<Node> of = Lazy.of(() -> new Node(42));
  private final Lazy<Node> constantInField = Lazy.constant(() -> new Node(42));
  private final DoubleChecked doubleChecked = new DoubleChecked();

  @Benchmark
  public int staticHolderIdiom() {
    return Holder.NODE.value();
  }

  @Benchmark
  public int staticLazyConstant() {
    return CONSTANT.get().value();
  }

  @Benchmark
  public int staticLazyOf() {
    return OF_IN_STATIC.get().value();
  }

  @Benchmark
  public int fieldDoubleChecked() {
    return doubleChecked.get().value();
  }

  @Benchmark
  public int fieldLazyOf() {
    return of.get().value();
  }

  @Benchmark
  public int fieldLazyConstant() {
    return constantInField.get().value();
  }
}

package dev.touchstone.benchmarks.channel;

import static com.softwaremill.jox.Select.select;
import static com.softwaremill.jox.Select.selectWithin;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.Select;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The time for a send and a select of two channels, of which one has an element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SelectBenchmark {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Channel<Integer> a = Channel.buffered(16);
  private final Channel<Integer> b = Channel.buffered(16);
  private final com.softwaremill.jox.Channel<Integer> joxA =
      com.softwaremill.jox.Channel.newBufferedChannel(16);
  private final com.softwaremill.jox.Channel<Integer> joxB =
      com.softwaremill.jox.Channel.newBufferedChannel(16);

  /** Ours. */
  @Benchmark
  public Integer channel() throws InterruptedException {
    b.send(7);
    return Select.<Integer>on(a.receiving(e -> e)).or(b.receiving(e -> e)).await();
  }

  /** Ours, with a limit. */
  @Benchmark
  public Integer channelWithTimeout() throws InterruptedException {
    b.send(7);
    return Select.<Integer>on(a.receiving(e -> e))
        .or(b.receiving(e -> e))
        .timeout(LONG, () -> 0)
        .await();
  }

  /** Jox. */
  @Benchmark
  public Integer jox() throws InterruptedException {
    joxB.send(7);
    return select(joxA.receiveClause(), joxB.receiveClause());
  }

  /** Jox, with a limit. */
  @Benchmark
  public Integer joxWithTimeout() throws InterruptedException, TimeoutException {
    joxB.send(7);
    return selectWithin(LONG, joxA.receiveClause(), joxB.receiveClause());
  }
}

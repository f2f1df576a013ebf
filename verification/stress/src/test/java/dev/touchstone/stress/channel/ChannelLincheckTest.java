package dev.touchstone.stress.channel;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The operations that do not wait are linearizable: each history has an order in which a plain queue
 * gives the same answers.
 */
class ChannelLincheckTest {

  private static final int CAPACITY = 3; // not a power of two: the ring has a spare slot

  /** The operations under test. */
  @Param(name = "element", gen = IntGen.class, conf = "1:3")
  public static class Concurrent {

    private final Channel<Integer> channel = Channel.buffered(CAPACITY);

    @Operation
    public String trySend(@Param(name = "element") int element) {
      return unlessClosed(() -> channel.trySend(element));
    }

    @Operation
    public String tryReceive() {
      return unlessClosed(channel::tryReceive);
    }

    @Operation
    public void close() {
      channel.close();
    }

    @Operation
    public int size() {
      return channel.size();
    }

    @Operation
    public boolean isClosed() {
      return channel.isClosed();
    }

    @Operation
    public boolean isDrained() {
      return channel.isDrained();
    }

    private static String unlessClosed(Supplier<Object> operation) {
      try {
        return String.valueOf(operation.get());
      } catch (ChannelClosedException closed) {
        return "closed";
      }
    }
  }

  /** The answers of a plain queue. */
  public static class Sequential {

    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private boolean closed;

    public String trySend(int element) {
      if (closed) {
        return "closed";
      }
      return String.valueOf(queue.size() < CAPACITY && queue.add(element));
    }

    public String tryReceive() {
      return closed && queue.isEmpty() ? "closed" : String.valueOf(queue.poll());
    }

    public void close() {
      closed = true;
    }

    public int size() {
      return queue.size();
    }

    public boolean isClosed() {
      return closed;
    }

    public boolean isDrained() {
      return closed && queue.isEmpty();
    }
  }

  @Test
  @Timeout(300)
  void isLinearizableUnderModelChecking() {
    new ModelCheckingOptions()
        .iterations(Boolean.getBoolean("touchstone.stress") ? 100 : 15)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Sequential.class)
        .check(Concurrent.class);
  }

  @Test
  @Timeout(300)
  void isLinearizableUnderStress() {
    new StressOptions()
        .iterations(Boolean.getBoolean("touchstone.stress") ? 100 : 15)
        .invocationsPerIteration(2_000)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Sequential.class)
        .check(Concurrent.class);
  }
}

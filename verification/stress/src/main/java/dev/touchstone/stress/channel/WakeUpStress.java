package dev.touchstone.stress.channel;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Whoever is about to park is not forgotten: a wait ends when what it waits for happens.
 *
 * <p>Both actors start at the same moment, so that the last look before the park meets the event. (In
 * the termination mode of jcstress the event comes long after the park, and proves little.)
 */
public final class WakeUpStress {

  private static final int FORGOTTEN = 0;
  private static final int DONE = 1;

  private WakeUpStress() {}

  /** A receive against the send that it waits for. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Received.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Parked beside an element.")
  @State
  public static class Receive {

    private final Channel<Integer> channel = channel(new Watch() {
      @Override
      boolean isOver() {
        return channel.size() > 0;
      }
    });

    @Actor
    public void receiver(I_Result result) {
      result.r1 = endOf(channel::receive);
    }

    @Actor
    public void sender() {
      comeLate();
      channel.trySend(DONE);
    }
  }

  /** A send against the receive that makes space. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Sent.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Parked beside a free place.")
  @State
  public static class Send {

    private final Channel<Integer> channel = channel(new Watch() {
      @Override
      boolean isOver() {
        return channel.size() == 0;
      }
    });

    public Send() {
      channel.trySend(0);
    }

    @Actor
    public void sender(I_Result result) {
      result.r1 = endOf(() -> {
        channel.send(1);
        return DONE;
      });
    }

    @Actor
    public void receiver() {
      comeLate();
      channel.tryReceive();
    }
  }

  /** A receive against the close. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Told of the close.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Parked at a closed channel.")
  @State
  public static class Close {

    private final Channel<Integer> channel = channel(new Watch() {
      @Override
      boolean isOver() {
        return channel.isClosed();
      }
    });

    @Actor
    public void receiver(I_Result result) {
      result.r1 = endOf(() -> {
        try {
          return channel.receive();
        } catch (ChannelClosedException expected) {
          return DONE;
        }
      });
    }

    @Actor
    public void closer() {
      comeLate();
      channel.close();
    }
  }

  /** A call that waits. */
  private interface Wait {
    int end() throws InterruptedException;
  }

  private static int endOf(Wait wait) {
    try {
      return wait.end();
    } catch (Forgotten forgotten) {
      return FORGOTTEN;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts an actor", e);
    }
  }

  private static Channel<Integer> channel(TimeSource time) {
    return Channel.<Integer>builder().capacity(1).timeSource(time).build();
  }

  /** Takes as long as a waiter that hovers before it joins its line. */
  private static void comeLate() {
    Thread.yield();
    Thread.yield();
  }

  /** Ends a wait that nobody ends although it is over. */
  private abstract static class Watch implements TimeSource {

    /** Long enough for a thread that was suspended between the event and the wake-up. */
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(3);

    abstract boolean isOver();

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void park(Object blocker) {
      var start = nanoTime();
      LockSupport.parkNanos(blocker, LIMIT);
      if (nanoTime() - start >= LIMIT && isOver()) {
        throw new Forgotten();
      }
    }

    @Override
    public void parkUntil(Object blocker, long deadline) {
      throw new UnsupportedOperationException("no wait here has a deadline");
    }

    @Override
    public Timer schedule(Runnable action, Duration delay) {
      throw new UnsupportedOperationException("nothing here is scheduled");
    }
  }

  private static final class Forgotten extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}

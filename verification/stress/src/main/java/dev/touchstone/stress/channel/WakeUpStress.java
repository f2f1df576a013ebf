package dev.touchstone.stress.channel;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** Whoever is about to park is not forgotten: a wait ends when what it waits for happens. */
public final class WakeUpStress {

  private WakeUpStress() {}

  /** A receive against the send that it waits for. */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "Received.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Waits for ever.")
  @State
  public static class Receive {

    private final Channel<Integer> channel = Channel.buffered(1);

    @Actor
    public void receiver() throws InterruptedException {
      channel.receive();
    }

    @Signal
    public void sender() {
      channel.trySend(1);
    }
  }

  /** A send against the receive that makes space. */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "Sent.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Waits for ever.")
  @State
  public static class Send {

    private final Channel<Integer> channel = Channel.buffered(1);

    public Send() {
      channel.trySend(0);
    }

    @Actor
    public void sender() throws InterruptedException {
      channel.send(1);
    }

    @Signal
    public void receiver() {
      channel.tryReceive();
    }
  }

  /** A receive against the close. */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "Told of the close.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Waits for ever.")
  @State
  public static class Close {

    private final Channel<Integer> channel = Channel.buffered(1);

    @Actor
    public void receiver() throws InterruptedException {
      try {
        channel.receive();
      } catch (ChannelClosedException expected) {
        // the end of the wait
      }
    }

    @Signal
    public void closer() {
      channel.close();
    }
  }
}

package dev.touchstone.stress.channel;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Elements arrive whole, and a send against a close is either accepted or refused. */
public final class PublicationStress {

  private PublicationStress() {}

  /** An element whose plain field is written just before it is sent. */
  private static final class Parcel {
    private int content;
  }

  /** What the sender wrote to an element is seen by its receiver. */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "Received nothing.")
  @Outcome(id = "1, -1", expect = Expect.ACCEPTABLE, desc = "Received the first.")
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Received both, in order.")
  @Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "Received the first, later.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Half made, lost or out of order.")
  @State
  public static class Content {

    private final Channel<Parcel> channel = Channel.buffered(1);

    @Actor
    public void sender(II_Result result) {
      for (var content = 1; content <= 2; content++) {
        var parcel = new Parcel();
        parcel.content = content;
        if (!channel.trySend(parcel)) {
          return;
        }
      }
    }

    @Actor
    public void receiver(II_Result result) {
      result.r1 = contentOf(channel);
      result.r2 = contentOf(channel);
    }
  }

  /** Two senders, a close, and a look at what is left. */
  @JCStressTest
  @Outcome(id = "1, 1, 3", expect = Expect.ACCEPTABLE, desc = "Both accepted.")
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first accepted.")
  @Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "The second accepted.")
  @Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Both refused.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Accepted and lost, or refused and received.")
  @State
  public static class Closing {

    private final Channel<Integer> channel = Channel.buffered(3);

    @Actor
    public void first(III_Result result) {
      result.r1 = send(1);
    }

    @Actor
    public void second(III_Result result) {
      result.r2 = send(2);
    }

    @Actor
    public void closer() {
      channel.close();
    }

    @Arbiter
    public void received(III_Result result) {
      channel.forEach(element -> result.r3 += element);
    }

    private int send(int element) {
      try {
        return channel.trySend(element) ? 1 : -1;
      } catch (ChannelClosedException refused) {
        return 0;
      }
    }
  }

  /** The last element before a close is not taken for the end. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Received, then told of the close.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Told of the close before the last element.")
  @State
  public static class LastElement {

    private final Channel<Integer> channel = Channel.buffered(1);

    @Actor
    public void sender() {
      channel.trySend(1);
      channel.close();
    }

    @Actor
    public void receiver(I_Result result) {
      try {
        while (true) {
          var element = channel.tryReceive();
          if (element != null) {
            result.r1 += element;
          }
        }
      } catch (ChannelClosedException end) {
        // the end of the loop
      }
    }
  }

  private static int contentOf(Channel<Parcel> channel) {
    var parcel = channel.tryReceive();
    return parcel == null ? -1 : parcel.content;
  }
}

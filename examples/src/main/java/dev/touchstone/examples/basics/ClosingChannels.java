package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import java.io.PrintWriter;

/**
 * Three ways for a channel to end.
 *
 * <p>{@code close()}: no more will come, what is there is still received. {@code close(cause)}: the same,
 * and then the receivers learn what went wrong. {@code cancel(cause)}: nobody wants it any more; what
 * is there goes to the handler for undelivered elements, once each, and is never silently lost.
 */
final class ClosingChannels {

  private ClosingChannels() {}

  static void run(PrintWriter out) throws InterruptedException {
    var finished = Channel.<String>buffered(4);
    finished.send("last order");
    finished.close();
    out.println("after close: " + finished.receive());
    receive(finished, out);

    var failed = Channel.<String>buffered(4);
    failed.send("before the power cut");
    failed.close(new IllegalStateException("power cut"));
    out.println("after close(cause): " + failed.receive());
    receive(failed, out);

    var cancelled = Channel.<String>builder()
        .capacity(4)
        .onUndelivered(element -> out.println("given back: " + element))
        .build();
    cancelled.send("one");
    cancelled.send("two");
    cancelled.cancel(new IllegalStateException("the customer left"));
    receive(cancelled, out);
  }

  private static void receive(Channel<String> channel, PrintWriter out)
      throws InterruptedException {
    try {
      channel.receive();
    } catch (ChannelClosedException e) {
      var cause = e.getCause();
      out.println("  closed" + (cause == null ? "" : ": " + cause.getMessage()));
    }
  }
}

package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;

/**
 * Two producers, a channel that holds three words, one consumer.
 *
 * <p>The channel makes the fast side wait for the slow one. Closing it is how "there is no more" gets
 * to the consumer, after everything that was sent: no magic last element, no flag to poll, no
 * interruption.
 */
final class FirstChannel {

  private FirstChannel() {}

  static void run(PrintWriter out) throws InterruptedException, ExecutionException {
    var channel = Channel.<String>buffered(3);
    try (var threads = ManagedExecutor.virtual("first-channel").concurrency(3).build()) {
      var consumer = threads.submit(() -> consume(channel, out));
      var north = threads.submit(() -> produce(channel, "north"));
      var south = threads.submit(() -> produce(channel, "south"));

      north.get(); // a failure of a producer would surface here
      south.get();
      channel.close(); // both are done: nobody will send again
      out.println("received " + consumer.get() + " words");
    }
  }

  private static int produce(Channel<String> channel, String name) throws InterruptedException {
    for (int i = 1; i <= 5; i++) {
      channel.send(name + " " + i); // waits while three words are there already
    }
    return 5;
  }

  private static int consume(Channel<String> channel, PrintWriter out) {
    int count = 0;
    for (var word : channel) { // ends when the channel is closed and empty
      out.println(word);
      count++;
    }
    return count;
  }
}

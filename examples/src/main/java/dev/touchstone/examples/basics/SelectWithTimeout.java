package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.Select;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Waiting for several channels at once, and not for ever.
 *
 * <p>A select waits until one of its clauses can go ahead and does exactly that one: never two, never
 * half of one. The first listed wins if several could, which makes a priority. The timeout needs no
 * thread of its own.
 */
final class SelectWithTimeout {

  private SelectWithTimeout() {}

  static void run(PrintWriter out) throws InterruptedException {
    var alarms = Channel.<String>buffered(4);
    var orders = Channel.<String>buffered(4);
    orders.send("coffee");
    orders.send("tea");
    alarms.send("fire");

    for (int i = 0; i < 4; i++) {
      out.println(next(alarms, orders));
    }
  }

  private static String next(Channel<String> alarms, Channel<String> orders)
      throws InterruptedException {
    return Select.<String>on(alarms.receiving(alarm -> "run: " + alarm))
        .or(orders.receiving(order -> "serve: " + order))
        .timeout(Duration.ofMillis(20), () -> "nothing to do")
        .await();
  }
}

package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.Overflow;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a producer that is too fast runs into.
 *
 * <p>By default it waits: that slows it down to what the consumer can take, which is called back-pressure.
 * Where waiting is wrong, because old news is worthless or the producer must not stop, something has to
 * be dropped, and the channel says which.
 */
final class BackPressure {

  private BackPressure() {}

  static void run(PrintWriter out) throws InterruptedException {
    var full = Channel.<Integer>buffered(2);
    full.send(1);
    full.send(2);
    out.println("there is room for a third: " + full.trySend(3));
    out.println("there is, after 10 ms:     " + full.send(3, Duration.ofMillis(10)));

    for (var overflow : List.of(Overflow.DROP_OLDEST, Overflow.DROP_NEWEST, Overflow.CONFLATE)) {
      out.println(overflow + " keeps " + kept(overflow));
    }
  }

  private static List<Integer> kept(Overflow overflow) throws InterruptedException {
    var builder = Channel.<Integer>builder().overflow(overflow);
    var channel = (overflow == Overflow.CONFLATE ? builder : builder.capacity(3)).build();
    for (int i = 1; i <= 6; i++) {
      channel.send(i); // never waits
    }
    var kept = new ArrayList<Integer>();
    channel.drainTo(kept, 10);
    return kept;
  }
}

package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writing a hundred rows one by one costs a hundred trips; writing them in batches costs a few.
 *
 * <p>{@code receiveBatch(max)} waits for the first element and takes what else is there. With a linger it
 * waits a little longer for the batch to fill: the usual bargain of a little delay for fewer trips.
 */
final class Batching {

  private Batching() {}

  static void run(PrintWriter out) throws InterruptedException {
    var rows = Channel.<Integer>buffered(128);
    rows.sendAll(IntStream.range(0, 100).boxed().toList());
    rows.close();

    int trips = 0;
    while (!rows.isDrained()) {
      List<Integer> batch = rows.receiveBatch(32);
      trips++;
      out.println("wrote " + batch.size() + " rows, the first is " + batch.getFirst());
    }
    out.println(trips + " trips instead of 100");

    var slow = Channel.<String>buffered(8);
    slow.send("one");
    slow.send("two");
    var batch = slow.receiveBatch(8, Duration.ofMillis(20)); // not full after 20 ms: take these
    out.println("after the linger: " + batch);
  }
}

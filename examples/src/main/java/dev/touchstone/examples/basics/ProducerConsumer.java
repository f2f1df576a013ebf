package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * One thread reads, one computes, one adds up: a line of workers with a channel between each two.
 *
 * <p>Each worker closes the channel that it sends to when it is done, also if it fails: the end, and a
 * failure, travel down the line by themselves.
 */
final class ProducerConsumer {

  private ProducerConsumer() {}

  static void run(PrintWriter out) throws InterruptedException, ExecutionException {
    var numbers = Channel.<Integer>buffered(8);
    var squares = Channel.<Integer>buffered(8);
    try (var workers = ManagedExecutor.virtual("line").concurrency(3).build()) {
      var reading = workers.submit(() -> {
        try (numbers) { // closes it
          for (int number : IntStream.rangeClosed(1, 100).toArray()) {
            numbers.send(number);
          }
        }
        return null;
      });
      var computing = workers.submit(() -> {
        try (squares) {
          for (var number : numbers) {
            squares.send(number * number);
          }
        }
        return null;
      });
      var sum =
          workers.submit(() -> squares.stream().mapToInt(Integer::intValue).sum());

      reading.get(); // a failure would surface here
      computing.get();
      out.println("the sum of the squares of 1 to 100 is " + sum.get());
    }
  }
}

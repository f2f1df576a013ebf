package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.Sender;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three producers, four consumers, one channel.
 *
 * <p>Who closes a channel that several threads send to? The last of them. A shared sender counts: the
 * channel closes when the last share is closed. The consumers compete; each element goes to one.
 */
final class FanInFanOut {

  private static final int READERS = 4;

  private FanInFanOut() {}

  static void run(PrintWriter out) throws InterruptedException, ExecutionException {
    var books = Channel.<String>buffered(4);
    try (var threads = ManagedExecutor.virtual("library").concurrency(8).build()) {
      var shelves = Stream.of("fiction", "history", "science")
          .map(shelf -> {
            var share = books.shareSender(); // before the thread starts, so that none is missed
            return threads.submit(() -> empty(shelf, share));
          })
          .toList();
      var readers = IntStream.range(0, READERS)
          .mapToObj(reader -> threads.submit(() -> books.stream().count()))
          .toList();

      int sent = 0;
      for (var shelf : shelves) {
        sent += shelf.get();
      }
      long read = 0;
      for (var reader : readers) {
        read += reader.get();
      }
      out.println(READERS + " readers read " + read + " of " + sent + " books");
    }
  }

  private static int empty(String shelf, Sender<String> share) throws InterruptedException {
    try (share) {
      for (int i = 1; i <= 20; i++) {
        share.send(shelf + " " + i);
      }
    }
    return 20;
  }
}

package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Three tasks at closing time: one has ended, one would run for ever, one has not started.
 *
 * <p>Draining lets them run for a while, then interrupts what still runs, cancels what is queued, and
 * says what became of each. Nothing is left hanging: every future completes.
 */
final class GracefulShutdown {

  private GracefulShutdown() {}

  static void run(PrintWriter out) {
    var executor = ManagedExecutor.virtual("shop").concurrency(1).build();
    var served = executor.submit(() -> "sold");
    var endless = executor.submit(() -> {
      new CountDownLatch(1).await(); // waits for ever, unless interrupted
      return "never";
    });
    var queued = executor.submit(() -> "too late"); // the only place is taken

    var report = executor.drain(Duration.ofMillis(100)); // close() does the same within 30 s

    out.println("served:  " + served.state());
    out.println("endless: " + endless.state());
    out.println("queued:  " + queued.state());
    out.println("cancelled %d, never started %d, stuck %d"
        .formatted(
            report.cancelled(), report.neverStarted().size(), report.stuck().size()));
  }
}

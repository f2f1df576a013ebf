package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.scope.FailedException;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.ScopeTimeoutException;
import dev.touchstone.concurrency.scope.TaskScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A task that splits into subtasks, and what becomes of the others when one fails.
 *
 * <p>When the block is left no subtask runs any more: not after a success, a failure or a deadline.
 * Nothing leaks, and no failure is lost.
 */
final class ForkAndJoin {

  private ForkAndJoin() {}

  static void run(PrintWriter out) throws InterruptedException {
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(() -> "lamp");
      scope.fork(() -> "table");
      out.println("all:      " + scope.join());
    }

    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      var started = new CountDownLatch(1);
      scope.fork(() -> waitUntilCancelled(started, out));
      scope.fork(() -> {
        started.await();
        throw new IOException("the stock does not answer");
      });
      scope.join();
    } catch (FailedException e) {
      out.println("failed:   " + e.getCause());
    }

    String first;
    try (var scope = TaskScope.open(Joiner.<String>anySuccessfulOrThrow())) {
      var started = new CountDownLatch(1);
      scope.fork(() -> waitUntilCancelled(started, out));
      scope.fork(() -> {
        started.await();
        return "the second mirror";
      });
      first = scope.join();
    }
    out.println("first:    " + first);

    try (var scope = TaskScope.open(
        Joiner.<String>awaitAll(), settings -> settings.timeout(Duration.ofMillis(20)))) {
      scope.fork(() -> waitUntilCancelled(new CountDownLatch(1), out));
      scope.join();
    } catch (ScopeTimeoutException e) {
      out.println("too late: the deadline came first");
    }
  }

  private static String waitUntilCancelled(CountDownLatch started, PrintWriter out)
      throws InterruptedException {
    started.countDown();
    try {
      new CountDownLatch(1).await();
      return "never";
    } finally {
      out.println("  the one that was waiting is interrupted");
    }
  }
}

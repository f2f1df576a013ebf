package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;

/**
 * Where the failure of a task goes, so that it is not lost.
 *
 * <p>With {@code submit} it is in the result: whoever asks for the result gets it, and nobody else. With
 * {@code execute} there is no result, so it goes to the failure listener, which logs it by default. The
 * pool itself is none the worse for it.
 */
final class FailingTask {

  private FailingTask() {}

  static void run(PrintWriter out) throws InterruptedException {
    try (var executor = ManagedExecutor.virtual("jobs")
        .concurrency(1)
        .failureListener((name, failure) -> out.println(name + " heard: " + failure))
        .build()) {

      var task = executor.submit(FailingTask::divide);
      try {
        task.get();
      } catch (ExecutionException e) {
        out.println("get said: " + e.getCause());
      }

      executor.execute(() -> divide()); // nobody will ask: the listener hears of it

      var next = executor.submit(() -> "the next task runs all the same");
      out.println(next.join());
    }
  }

  private static int divide() {
    return 1 / Integer.parseInt("0");
  }
}

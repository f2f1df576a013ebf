package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.keyed.SingleFlight;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.TaskScope;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What to do when a hundred requests miss the cache at the same moment: ask once, and let all share
 * the answer.
 *
 * <p>Nothing is cached here, so the next request asks again; a cache is one line around it.
 */
final class SingleFlights {

  private static final int REQUESTS = 100;

  private SingleFlights() {}

  static void run(PrintWriter out) throws Exception {
    var questions = new AtomicInteger();
    var callers = new ConcurrentLinkedQueue<Thread>();
    try (var executor = ManagedExecutor.virtual("backend").build()) {
      var prices = SingleFlight.<String, Integer>on(executor);
      try (var scope = TaskScope.open(Joiner.<Integer>allSuccessfulOrThrow())) {
        for (int i = 0; i < REQUESTS; i++) {
          scope.fork(() -> {
            callers.add(Thread.currentThread());
            return prices.get("lamp", () -> {
              // A slow backend: nobody is too late for this answer.
              while (!everybodyWaits(callers)) {
                Thread.sleep(1);
              }
              return 40 + questions.incrementAndGet();
            });
          });
        }
        var answers = new HashSet<>(scope.join());
        out.println(REQUESTS + " requests, " + answers.size() + " answer: " + answers);
      }
      var later = prices.get("lamp", () -> 40 + questions.incrementAndGet());
      out.println("a later request asks again: " + later);
    }
  }

  private static boolean everybodyWaits(Collection<Thread> callers) {
    return callers.size() == REQUESTS
        && callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING);
  }
}

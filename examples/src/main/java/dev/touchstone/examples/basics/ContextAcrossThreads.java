package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.TaskScope;
import java.io.PrintWriter;
import org.slf4j.MDC;

/**
 * How the user of a request gets to the threads that work for it, and does not stay there.
 *
 * <p>A thread-local belongs to one thread: a pool thread has none, or worse, that of the last request.
 * A context propagation captures the values where work is handed over, puts them in place where it
 * runs, and puts back what was there.
 */
final class ContextAcrossThreads {

  private static final ThreadLocal<String> USER = ThreadLocal.withInitial(() -> "nobody");

  private ContextAcrossThreads() {}

  static void run(PrintWriter out) throws Exception {
    var context = ContextPropagation.all(ContextPropagation.of(USER), ContextPropagation.mdc());
    USER.set("ada");
    MDC.put("request", "42");
    try (var executor = ManagedExecutor.platform("pool").concurrency(1).build()) {
      out.println(
          "without: " + executor.submit(ContextAcrossThreads::whoAndWhat).get());
      var work = context.wrap(ContextAcrossThreads::whoAndWhat);
      out.println("wrapped: " + executor.submit(work).get());
      out.println(
          "after:   " + executor.submit(ContextAcrossThreads::whoAndWhat).get());

      try (var scope = TaskScope.open(
          Joiner.<String>allSuccessfulOrThrow(), settings -> settings.context(context))) {
        scope.fork(ContextAcrossThreads::whoAndWhat);
        out.println("forked:  " + scope.join().getFirst());
      }
    } finally {
      USER.remove();
      MDC.clear();
    }
  }

  private static String whoAndWhat() {
    var request = MDC.get("request");
    return USER.get() + ", request " + (request == null ? "unknown" : request);
  }
}

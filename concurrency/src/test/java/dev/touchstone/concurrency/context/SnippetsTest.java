package dev.touchstone.concurrency.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The examples of the documentation. */
class SnippetsTest {

  private static final ThreadLocal<String> USER = new ThreadLocal<>();

  @Test
  void wrap() throws Exception {
    USER.set("ada");
    MDC.put("request", "42");
    try (var pool = Executors.newSingleThreadExecutor()) {
      // @start region="wrap"
      var context = ContextPropagation.all(ContextPropagation.of(USER), ContextPropagation.mdc());

      var work = context.wrap(() -> USER.get() + " in request " + MDC.get("request"));
      var answer = pool.submit(work); // "ada in request 42", on a thread that forgets both
      // @end
      assertThat(answer.get()).isEqualTo("ada in request 42");
      assertThat(pool.submit(() -> USER.get() + MDC.get("request")).get()).isEqualTo("nullnull");
    } finally {
      USER.remove();
      MDC.clear();
    }
  }
}

package dev.touchstone.concurrency.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The examples of the documentation. */
class SnippetsTest {

  private static String call() throws TimeoutException {
    return "answer";
  }

  // @start region="limiter"
  private final ConcurrencyLimiter limiter =
      ConcurrencyLimiter.builder(Limit.aimd(1, 10, 200)).build();

  String ask() throws InterruptedException, TimeoutException {
    try (var permit = limiter.acquire()) { // given back in any case
      try {
        var answer = call();
        permit.success();
        return answer;
      } catch (TimeoutException overload) {
        permit.dropped();
        throw overload;
      }
    }
  }
  // @end

  @Test
  void netflix() {
    // @start region="netflix"
    var gradient = Gradient2Limit.newDefault();
    var limiter = ConcurrencyLimiter.builder(
            NetflixLimits.adapt(gradient::getLimit, gradient::onSample))
        .build();
    // @end
    assertThat(limiter.limit()).isEqualTo(gradient.getLimit());
  }

  @Test
  @SuppressWarnings("try") // a permit is held for its effect
  void inAnExecutor() throws Exception {
    try (var io = ManagedExecutor.virtual("io").build()) {
      // @start region="limited-task"
      var answer = io.submit(() -> {
        try (var permit = limiter.acquire()) { // on the thread of the task
          return call();
        }
      });
      // @end
      assertThat(answer.get()).isEqualTo("answer");
      assertThat(limiter.inFlight()).isZero();
    }
  }

  @Test
  void limiter() throws Exception {
    assertThat(ask()).isEqualTo("answer");
    assertThat(limiter.inFlight()).isZero();
  }
}

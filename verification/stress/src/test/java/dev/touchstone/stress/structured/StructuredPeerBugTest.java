package dev.touchstone.stress.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.Striped;
import com.netflix.concurrency.limits.executors.BlockingAdaptiveExecutor;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.touchstone.concurrency.keyed.KeyedLock;
import dev.touchstone.concurrency.limit.ConcurrencyLimiter;
import dev.touchstone.concurrency.scope.FailedException;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.TaskScope;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bugs that others shipped: the real class shows each, and ours does not. */
class StructuredPeerBugTest {

  private static <T> T onOther(Callable<T> work) throws Exception {
    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      return other.submit(work).get();
    }
  }

  /**
   * Different keys share a stripe, so whoever takes a lock while holding "another" one may wait for
   * itself or, with two threads, deadlock. Guava issue 2653.
   */
  @Nested
  class DifferentKeysShareALock {

    private static final int MINE = 0;

    @Test
    void guavaStriped() throws Exception {
      var striped = Striped.lock(4);
      var other = IntStream.range(1, 1_000)
          .filter(key -> striped.get(key) == striped.get(MINE))
          .findFirst()
          .orElseThrow();
      striped.get(MINE).lock();
      try {
        assertThat(onOther(() -> striped.get(other).tryLock())).isFalse();
      } finally {
        striped.get(MINE).unlock();
      }
    }

    @Test
    void keyedLock() throws Exception {
      var locks = KeyedLock.<Integer>create();
      try (var mine = locks.lock(MINE)) {
        assertThat(mine).isNotNull();
        for (int key = 1; key < 1_000; key++) {
          var another = key;
          assertThat(onOther(() -> {
                var hold = locks.tryLock(another);
                hold.ifPresent(KeyedLock.Hold::close);
                return hold.isPresent();
              }))
              .isTrue();
        }
      }
    }
  }

  /** The permit of a task that throws an Error is never given back: the executor rejects for ever. */
  @Nested
  class AnErrorKeepsThePermit {

    @Test
    void netflixBlockingAdaptiveExecutor() {
      var limiter = SimpleLimiter.newBuilder().limit(FixedLimit.of(1)).<Void>build();
      var executor = BlockingAdaptiveExecutor.newBuilder()
          .name("pretended")
          .limiter(limiter)
          .executor(Runnable::run)
          .build();

      assertThatThrownBy(() -> executor.execute(() -> {
            throw new StackOverflowError("pretended");
          }))
          .isInstanceOf(StackOverflowError.class);
      assertThat(limiter.acquire(null)).as("the only permit").isEmpty();
    }

    @Test
    void concurrencyLimiter() throws Exception {
      var limiter = ConcurrencyLimiter.of(1);

      assertThatThrownBy(() -> {
            try (var permit = limiter.acquire()) {
              assertThat(permit).isNotNull();
              throw new StackOverflowError("pretended");
            }
          })
          .isInstanceOf(StackOverflowError.class);
      assertThat(limiter.tryAcquire()).as("the only permit").isPresent();
    }
  }

  /** Go's errgroup returns the first error and drops the others (golang/go issue 53757). */
  @Test
  void aScopeKeepsTheFailuresThatComeAfterTheFirst() {
    var first = new IOException("first");
    var second = new IOException("second");
    var failed = catchThrowableOfType(FailedException.class, () -> {
      try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
        var started = new CountDownLatch(1);
        scope.fork(() -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException cancelled) {
            throw second;
          }
          return "never";
        });
        scope.fork(() -> {
          started.await();
          throw first;
        });
        scope.join();
      }
    });

    assertThat(failed).hasCause(first);
    assertThat(failed.getSuppressed()).containsExactly(second);
  }
}

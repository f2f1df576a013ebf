package dev.touchstone.apiclient.retry;

import static dev.touchstone.apiclient.retry.Verdict.Kind.THROTTLED;
import static dev.touchstone.apiclient.retry.Verdict.Kind.TRANSIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.apiclient.Target;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private static final Target ONE = Target.of(URI.create("https://one.test"));
  private static final Target OTHER = Target.of(URI.create("https://other.test"));

  private final TokenBucketBudget budget = new TokenBucketBudget(500, 14, 5);

  @Test
  void startsFullAndRunsOut() {
    var granted = 0;
    while (budget.tryWithdraw(ONE, TRANSIENT)) {
      granted++;
    }

    assertThat(granted).isEqualTo(500 / 14);
    assertThat(budget.level(ONE)).isEqualTo(500 % 14);
  }

  @Test
  void asksLessOfAThrottledRetry() {
    budget.tryWithdraw(ONE, THROTTLED);

    assertThat(budget.level(ONE)).isEqualTo(495);
  }

  @Test
  void isKeptForEachTarget() {
    budget.tryWithdraw(ONE, TRANSIENT);

    assertThat(budget.level(OTHER)).isEqualTo(500);
  }

  @Test
  void getsBackWhatTheLastRetryCost() {
    budget.tryWithdraw(ONE, TRANSIENT);
    budget.tryWithdraw(ONE, THROTTLED);

    budget.succeeded(ONE, Optional.of(THROTTLED));

    assertThat(budget.level(ONE)).isEqualTo(486);
  }

  @Test
  void getsOneTokenForASuccessWithoutRetry() {
    budget.tryWithdraw(ONE, TRANSIENT);

    budget.succeeded(ONE, Optional.empty());

    assertThat(budget.level(ONE)).isEqualTo(487);
  }

  @Test
  void neverHoldsMoreThanItsCapacity() {
    budget.tryWithdraw(ONE, THROTTLED);

    budget.succeeded(ONE, Optional.of(TRANSIENT));

    assertThat(budget.level(ONE)).isEqualTo(500);
  }

  @Test
  void neverGrantsMoreThanItHoldsToThreadsAtOnce() throws InterruptedException {
    var granted = new AtomicInteger();
    var start = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var i = 0; i < 8; i++) {
        threads.execute(() -> {
          await(start);
          for (var round = 0; round < 1_000; round++) {
            if (budget.tryWithdraw(ONE, THROTTLED)) {
              granted.incrementAndGet();
            }
          }
        });
      }
      start.countDown();
    }

    assertThat(granted).hasValue(100);
  }

  @Test
  void mayBeUnlimited() {
    var unlimited = RetryBudget.unlimited();

    for (var i = 0; i < 10_000; i++) {
      assertThat(unlimited.tryWithdraw(ONE, TRANSIENT)).isTrue();
    }
  }

  @Test
  void checksItsCosts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryBudget.tokenBucket(10, 11, 1))
        .withMessage("transientCost must be between 0 and the capacity 10, was 11");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

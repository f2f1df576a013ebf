package dev.touchstone.apiclient.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.apiclient.retry.Verdict.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  void hasTheDefaultsThatItsDocumentationNames() {
    var policy = RetryPolicy.standard();

    assertThat(policy)
        .hasToString("RetryPolicy[maxAttempts=3, budget=TokenBucketBudget[capacity=500,"
            + " transientCost=14, throttledCost=5], longestRetryAfter=PT1M]");
    assertThat(policy.backoff(Kind.TRANSIENT))
        .isEqualTo(Backoff.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(20)));
    assertThat(policy.backoff(Kind.THROTTLED))
        .isEqualTo(Backoff.fullJitter(Duration.ofSeconds(1), Duration.ofSeconds(20)));
    assertThat(policy.classifier()).isSameAs(Classifier.standard());
  }

  @Test
  void isCopiedWithItsBudget() {
    var policy = RetryPolicy.builder()
        .maxAttempts(5)
        .classifier(Classifier.distrustful())
        .build();

    var copy = policy.toBuilder().longestRetryAfter(Duration.ZERO).build();

    assertThat(copy.budget()).isSameAs(policy.budget());
    assertThat(copy.maxAttempts()).isEqualTo(5);
    assertThat(copy.classifier()).isSameAs(Classifier.distrustful());
    assertThat(copy.longestRetryAfter()).isZero();
    assertThat(policy.longestRetryAfter()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void makesOneAttemptIfItIsNone() {
    assertThat(RetryPolicy.none().maxAttempts()).isOne();
  }

  @Test
  void checksItsNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.builder().maxAttempts(0))
        .withMessage("maxAttempts must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.builder().longestRetryAfter(Duration.ofMillis(-1)))
        .withMessage("longestRetryAfter must not be negative, was PT-0.001S");
  }
}

package dev.touchstone.examples.taskqueue.store;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueLimitsTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void haveARateThatCanBeKept(double perSecond) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rate(perSecond, 1))
        .withMessage(
            "a rate must be positive with a burst of at least 1, was %s/s, burst 1", perSecond);
  }
}

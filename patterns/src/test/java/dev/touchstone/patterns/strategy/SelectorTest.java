package dev.touchstone.patterns.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SelectorTest {

  private final Selector<Integer, String> selector = Selector.<Integer, String>builder()
      .when("huge", n -> n > 100, "truck")
      .when("big", n -> n > 10, "van")
      .otherwise("small", "bicycle")
      .build();

  @Test
  void takesTheFirstRuleThatHolds() {
    assertThat(selector.select(1000)).isEqualTo("truck");
    assertThat(selector.select(50)).isEqualTo("van");
    assertThat(selector.select(1)).isEqualTo("bicycle");
    assertThat(selector).hasToString("Selector[huge, big] else small");
  }

  @Test
  void explainsWhatEachRuleSays() {
    assertThat(selector.explain(1000))
        .containsExactly(
            new Selector.Answer<>("huge", "truck", true, true),
            new Selector.Answer<>("big", "van", true, false),
            new Selector.Answer<>("small", "bicycle", true, false));
    assertThat(selector.explain(1))
        .containsExactly(
            new Selector.Answer<>("huge", "truck", false, false),
            new Selector.Answer<>("big", "van", false, false),
            new Selector.Answer<>("small", "bicycle", true, true));
  }

  @Test
  void givesWhatARuleThrowsToTheCaller() {
    var failing = Selector.<Integer, String>builder()
        .when("division", n -> 1 / n > 0, "one")
        .otherwise("else", "other")
        .build();

    assertThatThrownBy(() -> failing.select(0)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void needsAStrategyForAllOtherCases() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Selector.<Integer, String>builder().when("a", n -> true, "b").build())
        .withMessage("no strategy for inputs to which none of the 1 rules applies; add "
            + "otherwise(...), if only one that throws");
  }

  @Test
  void rejectsASecondRuleOfAName() {
    var builder = Selector.<Integer, String>builder().when("a", n -> true, "b");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.when("a", n -> false, "c"))
        .withMessage("there is a rule a already");
  }
}

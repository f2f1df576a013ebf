package dev.touchstone.patterns.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {

  private final List<String> asked = new ArrayList<>();

  private Link<Integer, String> divisibleBy(int divisor) {
    return number -> {
      asked.add("" + divisor);
      return number % divisor == 0 ? Optional.of("by " + divisor) : Optional.empty();
    };
  }

  private final Chain<Integer, String> chain =
      Chain.<Integer, String>create().then("two", divisibleBy(2)).then("three", divisibleBy(3));

  @Test
  void givesTheFirstAnswerAndAsksNoFurther() {
    assertThat(chain.answer(6)).contains("by 2");
    assertThat(asked).containsExactly("2");
    assertThat(chain.answer(9)).contains("by 3");
    assertThat(chain.answer(7)).isEmpty();
  }

  @Test
  void alwaysAnswersWithAnOtherwise() {
    var total = chain.otherwise(number -> "prime? " + number);

    assertThat(total.apply(9)).isEqualTo("by 3");
    assertThat(total.apply(7)).isEqualTo("prime? 7");
  }

  @Test
  void explainsWhoWasAskedAndWhatTheySaid() {
    assertThat(chain.explain(9))
        .containsExactly(
            new Chain.Step<>("two", Optional.empty()),
            new Chain.Step<>("three", Optional.of("by 3")));
    assertThat(chain.explain(6)).containsExactly(new Chain.Step<>("two", Optional.of("by 2")));
    assertThat(chain.explain(7)).hasSize(2);
  }

  @Test
  void isNotChangedByAddingALink() {
    var longer = chain.then("five", divisibleBy(5));

    assertThat(chain.answer(5)).isEmpty();
    assertThat(longer.answer(5)).contains("by 5");
    assertThat(longer).hasToString("Chain[two, three, five]");
  }

  @Test
  void isALinkItself() {
    var outer = Chain.<Integer, String>create().then("small", chain).then("seven", divisibleBy(7));

    assertThat(outer.answer(7)).contains("by 7");
    assertThat(outer.answer(9)).contains("by 3");
  }

  @Test
  void stopsAtAFailureWhichGoesToTheCaller() {
    var failing = Chain.<Integer, String>create()
        .then("fails", number -> {
          throw new IllegalStateException("link");
        })
        .then("two", divisibleBy(2));

    assertThatThrownBy(() -> failing.answer(2)).hasMessage("link");
    assertThat(asked).isEmpty();
  }

  @Test
  void rejectsANullAnswerAndASecondLinkOfAName() {
    var nulls = Chain.<Integer, String>create().then("careless", number -> null);

    assertThatNullPointerException()
        .isThrownBy(() -> nulls.answer(1))
        .withMessage("the link careless returned null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.then("two", divisibleBy(2)))
        .withMessage("there is a link two already");
  }
}

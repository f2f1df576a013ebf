package dev.touchstone.examples.patterns.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.chain.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChainTest {

  private final List<String> asked = new ArrayList<>();

  private Function<String, Optional<String>> link(String who, String answer) {
    return name -> {
      asked.add(who);
      return name.startsWith(who) ? Optional.of(answer) : Optional.empty();
    };
  }

  @Nested
  class TheForms {

    @Test
    void aStreamAsksUntilOneAnswers() {
      var greetings = new Greetings(List.of(link("A", "Ahoy"), link("B", "Bonjour")));

      assertThat(greetings.greet("Ada")).isEqualTo("Ahoy");
      assertThat(asked).containsExactly("A");
      assertThat(greetings.greet("Bob")).isEqualTo("Bonjour");
      assertThat(greetings.greet("Carl")).isEqualTo("Hello");
    }

    @Test
    void theClassicFormPassesItOn() {
      var first = new ClassicSupport.Level("robot", 1);
      first.setNext(new ClassicSupport.Level("expert", 5));

      assertThat(first.handle(1)).isEqualTo("robot");
      assertThat(first.handle(4)).isEqualTo("expert");
    }
  }

  @Nested
  class ARequestThatNobodyHandles {

    @Test
    void naivelyFallsOffTheEnd() {
      var only = new ClassicSupport.Level("robot", 1);

      assertThat(only.handle(9)).isNull();
    }

    @Test
    void isAnsweredByTheOtherwise() {
      var support = Chain.<Integer, String>create()
          .then("robot", n -> n <= 1 ? Optional.of("robot") : Optional.empty())
          .otherwise(n -> "nobody can help with " + n);

      assertThat(support.apply(9)).isEqualTo("nobody can help with 9");
    }
  }

  @Nested
  class AHandlerInTwoChains {

    @Test
    void naivelyChangesTheFirstChain() {
      var shared = new ClassicSupport.Level("robot", 1);
      shared.setNext(new ClassicSupport.Level("day shift", 5));
      shared.setNext(new ClassicSupport.Level("night shift", 5)); // for the other chain

      assertThat(shared.handle(3)).isEqualTo("night shift");
    }

    @Test
    void belongsToBothWhenChainsAreValues() {
      var shared = Chain.<String, String>create().then("a", link("A", "Ahoy")::apply);
      var day = shared.then("day", name -> Optional.of("Good day"));
      var night = shared.then("night", name -> Optional.of("Good night"));

      assertThat(day.answer("Bob")).contains("Good day");
      assertThat(night.answer("Bob")).contains("Good night");
    }
  }

  @Nested
  class AStreamThatIsCollectedFirst {

    private final List<Function<String, Optional<String>>> links =
        List.of(link("A", "Ahoy"), link("B", "Bonjour"));

    @Test
    void naivelyAsksEverybody() {
      var answers = links.stream().map(link -> link.apply("Ada")).toList();

      assertThat(answers.stream().flatMap(Optional::stream).findFirst()).contains("Ahoy");
      assertThat(asked).containsExactly("A", "B");
    }

    @Test
    void isNotNeededByAChain() {
      var chain = Chain.<String, String>create()
          .then("a", links.getFirst()::apply)
          .then("b", links.getLast()::apply);

      assertThat(chain.answer("Ada")).contains("Ahoy");
      assertThat(asked).containsExactly("A");
    }
  }
}

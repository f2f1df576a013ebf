package dev.touchstone.examples.scraper.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static final Rule SHORT = Rules.length(30);
  private static final Rule SHALLOW = Rules.depth(2);

  private static Candidate candidate(String address, int depth) {
    return new Candidate(URI.create(address), depth);
  }

  private static Verdict judge(Rule rule, String path) {
    return rule.judge(candidate("http://a.example" + path, 1));
  }

  @Nested
  class Joined {

    private final Candidate far = candidate("http://a.example/", 3);
    private final Candidate near = candidate("http://a.example/", 2);
    private final Candidate farAndLong = candidate("http://a.example/" + "x".repeat(20), 3);

    @Test
    void byAndAcceptWhatBothAccept() {
      var both = SHORT.and(SHALLOW);

      assertThat(both.judge(near).isAccepted()).isTrue();
      assertThat(both.judge(far)).isEqualTo(Verdict.reject("depth 3 is more than 2"));
      assertThat(both.judge(farAndLong)).isEqualTo(Verdict.reject("length 37 is more than 30"));
    }

    @Test
    void byOrAcceptWhatOneAccepts() {
      var either = SHORT.or(SHALLOW);

      assertThat(either.judge(far)).isEqualTo(Verdict.accept("length 17 is at most 30"));
      assertThat(either.judge(farAndLong))
          .isEqualTo(Verdict.reject("length 37 is more than 30, and depth 3 is more than 2"));
    }

    @Test
    void byNotAcceptWhatWasRejected() {
      assertThat(SHALLOW.not().judge(far)).isEqualTo(Verdict.accept("depth 3 is more than 2"));
      assertThat(SHALLOW.not().judge(near)).isEqualTo(Verdict.reject("depth 2 is at most 2"));
    }
  }

  @Nested
  class Segments {

    @Test
    void areCounted() {
      assertThat(judge(Rules.segments(3), "/a/b//c/").isAccepted()).isTrue();
      assertThat(judge(Rules.segments(3), "/a/b/c/d"))
          .isEqualTo(Verdict.reject("number of segments 4 is more than 3"));
    }

    @Test
    void mayBeRepeatedAFewTimes() {
      assertThat(judge(Rules.repeats(3), "/a/b/a/b/a").isAccepted()).isTrue();
      assertThat(judge(Rules.repeats(3), "/a/b/a/b/a/a"))
          .isEqualTo(Verdict.reject("'a' stands 4 times in the path, more than 3"));
    }
  }

  @Test
  void domainsIncludeTheirSubdomainsAndNothingElse() {
    var rule = Rules.domains(List.of("b.example"));

    assertThat(rule.judge(candidate("http://b.example/", 0)).isAccepted()).isTrue();
    assertThat(rule.judge(candidate("https://x.b.example:81/", 0)).isAccepted()).isTrue();
    assertThat(rule.judge(candidate("http://ab.example/", 0)))
        .isEqualTo(Verdict.reject("ab.example is not within b.example"));
    assertThat(rule.judge(candidate("http://x_y.b.example:81/", 0)))
        .isEqualTo(Verdict.accept("x_y.b.example is within b.example"));
  }

  @Test
  void patternsAreFoundAnywhereInTheAddress() {
    var rule = Rules.matches(Pattern.compile("/docs/.*\\.html$"));

    assertThat(judge(rule, "/docs/a.html").isAccepted()).isTrue();
    assertThat(judge(rule, "/docs/a.pdf"))
        .isEqualTo(Verdict.reject("it does not match /docs/.*\\.html$"));
  }

  @Nested
  class Budgets {

    @Test
    void areUsedUpByEachHostForItself() {
      var budget = Budget.perHost(2);
      budget.take(URI.create("http://a.example/1"));
      budget.take(URI.create("http://a.example/2"));

      assertThat(budget.judge(URI.create("http://a.example/3")))
          .isEqualTo(
              Verdict.reject("the budget of 2 addresses of the host http://a.example is used up"));
      assertThat(budget.judge(URI.create("http://b.example/3")).isAccepted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "/day/2026-11-26?view=list | /day/2027-01-01?view=month | http://a.example/day/#-#-#?view",
          "/p/3f9c1b2a4d5e6f708192a3b4 | /p/0123456789abcdef01 | http://a.example/p/#",
          "/s?b=1&a=2 | /s?a=x&b=y | http://a.example/s?a&b",
        })
    void areSharedByAddressesOfOneShape(String one, String other, String shape) {
      var budget = Budget.perShape(1);
      budget.take(URI.create("http://a.example" + one));

      assertThat(budget.judge(URI.create("http://a.example" + other)).reason())
          .isEqualTo("the budget of 1 addresses of the shape " + shape + " is used up");
      assertThat(budget.judge(URI.create("http://a.example/other")).isAccepted())
          .isTrue();
    }
  }

  @Test
  void areAllExplained() {
    assertThat(Filters.standard().explain(candidate("http://a.example/a/a/a/a", 101), known -> {}))
        .extracting(Verdict::reason)
        .containsExactly(
            "depth 101 is more than 100",
            "length 24 is at most 2,083",
            "number of segments 4 is at most 20",
            "'a' stands 4 times in the path, more than 3");
  }

  @Test
  void explainBudgetsByWhatIsKnownNow() {
    var one = URI.create("http://a.example/1");

    assertThat(budgetOfOne().explain(candidate("http://a.example/1", 1), List.of(one)::forEach))
        .containsExactly(Verdict.accept("0 of 1 addresses of the host http://a.example"));
    assertThat(budgetOfOne().explain(candidate("http://a.example/2", 1), List.of(one)::forEach))
        .containsExactly(
            Verdict.reject("the budget of 1 addresses of the host http://a.example is used up"));
  }

  private static Filters budgetOfOne() {
    return new Filters(List.of(), List.of(Budget.perHost(1)));
  }
}

package dev.touchstone.examples.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.gateway.Definitions;
import dev.touchstone.examples.yaml.YamlException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

  private static Plan plan(String route) {
    return Definitions.plan(Definitions.ofRoute(route));
  }

  @Test
  void infersWhatNeedsWhat() {
    var plan = plan("""
        calls:
          team: {get: "c/{user.teamId}", into: team}
          user: {get: "a/{id}", keep: [name]}
          items: {forEach: "orders[*].productId", get: "d/{item}?team={team.id}", into: items}
          orders: {get: "b?user={id}&page={query.page}", into: orders}
        """);

    var names = plan.levels().stream()
        .map(level -> level.stream().map(Step::name).toList())
        .toList();
    assertThat(names).containsExactly(List.of("user", "orders"), List.of("team"), List.of("items"));
    assertThat(plan.inputs()).hasToString("[id, query.page]");
  }

  @Nested
  class PassingThrough {

    @Test
    void isForOneCallThatChangesNothing() {
      assertThat(plan("calls: {user: {get: \"a/{id}\"}}").isPassThrough()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "calls: {user: {get: \"a/{id}\", keep: [id]}}",
          "calls: {user: {get: \"a/{id}\", drop: [id]}}",
          "calls: {user: {get: \"a/{id}\", rename: {id: no}}}",
          "calls: {user: {get: \"a/{id}\", into: user}}",
          "calls: {user: {get: \"a/{id}\", onError: optional}}",
          "{calls: {user: {get: \"a/{id}\"}}, merge: namespace}",
          "calls: {user: {get: \"a/{id}\"}, team: {get: b, into: team}}",
        })
    void isNotForOthers(String route) {
      assertThat(plan(route).isPassThrough()).isFalse();
    }
  }

  @Nested
  class IsRefused {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "a/{nobody} | 10:9: 'nobody' is not known here; there are: id, query",
          "a/{idd} | 10:9: 'idd' is not known here; did you mean 'id'?",
          "a/{id.name} | 10:9: 'id' is a text of the path and has no members; write {id}",
          "a/{query} | 10:9: expected a parameter such as {query.page}, found 'query'",
          "a/{item} | 10:9: 'item' is not known here; there are: id, query",
          "a/{jwt.sub} | 10:9: 'jwt.sub' is a claim of a token, and this route takes none; add 'auth: jwt'",
          "a/{u.id} | 10:9: 'u' is not known here; there are: id, query",
          "ab/{id} | 10:9: 'ab' is not known here; did you mean 'a'?",
        })
    void whatNamesNothing(String address, String message) {
      assertThatExceptionOfType(YamlException.class)
          .isThrownBy(() -> plan("calls:\n  u:\n    get: \"" + address + "\""))
          .withMessage("gateway.yaml:" + message);
    }

    @Test
    void aCycle() {
      assertThatExceptionOfType(YamlException.class)
          .isThrownBy(() -> plan("""
              calls:
                u: {get: "a/{v.id}"}
                v: {get: "b/{w.id}"}
                w: {forEach: "u[*].id", get: "c/{item}", into: w}
              """))
          .withMessage(
              "gateway.yaml:9:10: these calls wait for each other: u needs v needs w needs u;"
                  + " remove a reference");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "into: x | into: x | 'u' and 'v' both give a member 'x'",
          "keep: [x] | into: x | 'u' and 'v' both give a member 'x'",
          "keep: [x, y] | keep: [y] | 'u' and 'v' both give a member 'y'",
          "keep: [x], rename: {x: y} | keep: [y] | 'u' and 'v' both give a member 'y'",
        })
    void aCollision(String first, String second, String message) {
      var calls = "{u: {get: a, %s}, v: {get: b, %s}}".formatted(first, second);

      assertThatExceptionOfType(YamlException.class)
          .isThrownBy(() -> plan("calls: " + calls))
          .withMessageEndingWith(
              ": " + message + "; rename one, or say what counts, such as 'merge: last'");
      plan("{merge: last, calls: " + calls + "}");
    }

    @Test
    void aListWithoutAName() {
      assertThatExceptionOfType(YamlException.class)
          .isThrownBy(() ->
              plan("calls: {u: {get: a, into: u}, v: {forEach: \"u[*].id\", get: \"b/{item}\"}}"))
          .withMessageEndingWith(
              "'forEach' makes a list, which has no members to merge; add 'into: v'");
    }

    @Test
    void aNameThatMeansSomethingElse() {
      for (var name : new String[] {"id", "query", "jwt", "item"}) {
        assertThatExceptionOfType(YamlException.class)
            .isThrownBy(() -> plan("calls: {" + name + ": {get: a}}"))
            .withMessageEndingWith(
                "'" + name + "' means something else in references; rename this call");
      }
    }
  }

  @RepeatedTest(100)
  void neverHasACallBeforeWhatItNeeds(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var yaml = new StringBuilder("merge: namespace\ncalls:\n");
    var size = 1 + random.nextInt(8);
    for (var i = 0; i < size; i++) {
      yaml.append("  c").append(i).append(": {get: \"a");
      for (var other : random.ints(0, size).limit(random.nextInt(3)).toArray()) {
        if (other != i) {
          yaml.append("/{c").append(other).append(".id}");
        }
      }
      yaml.append("\"}\n");
    }

    Plan plan;
    try {
      plan = plan(yaml.toString());
    } catch (YamlException refused) {
      assertThat(refused).hasMessageContaining("these calls wait for each other");
      return;
    }

    assertThat(plan.steps())
        .allSatisfy(step -> assertThat(step.needs())
            .allSatisfy(
                needed -> assertThat(plan.steps().get(needed).level()).isLessThan(step.level())));
  }
}

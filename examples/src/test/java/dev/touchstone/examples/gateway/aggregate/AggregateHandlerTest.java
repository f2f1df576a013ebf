package dev.touchstone.examples.gateway.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.HeldExchange;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AggregateHandlerTest {

  private static Reference claim(String... steps) {
    return new Reference("jwt", List.of(steps));
  }

  /** Returns what of a request gets into calls. */
  private static Map<Reference, JsonValue> values(Caller caller, Reference... references) {
    var seen = new AtomicReference<Inputs>();
    Answers answers = (inputs, request, deadline) -> {
      seen.set(inputs);
      throw new ProblemException(Problem.of(404, "There is none."));
    };
    var handler = new AggregateHandler(
        List.of(references), List.of(), answers, new Waterfalls(), TimeSource.system());
    assertThatThrownBy(() -> handler.handle(new HeldExchange().calledBy(caller)))
        .isInstanceOf(ProblemException.class);
    return seen.get().values();
  }

  @Test
  void handsOnClaimsAsWhatTheyAre() {
    var caller = new Caller.Subject(
        "ada",
        Map.of(
            "name",
            "Ada",
            "level",
            5,
            "isAdmin",
            true,
            "roles",
            List.of("a", "b"),
            "team",
            Map.of("id", 7L)));

    assertThat(values(
            caller,
            claim("name"),
            claim("level"),
            claim("isAdmin"),
            claim("roles"),
            claim("team"),
            claim("team", "id"),
            claim("none"),
            claim("name", "none")))
        .isEqualTo(Map.of(
            claim("name"), new JsonText("Ada"),
            claim("level"), new JsonNumber("5"),
            claim("isAdmin"), JsonLiteral.TRUE,
            claim("roles"), new JsonArray(List.of(new JsonText("a"), new JsonText("b"))),
            claim("team"), new JsonObject(Map.of("id", new JsonNumber("7"))),
            claim("team", "id"), new JsonNumber("7")));
  }

  @Test
  void hasNoClaimsOfWhoBringsNoToken() {
    assertThat(values(Caller.ANONYMOUS, claim("sub"))).isEmpty();
    assertThat(values(new Caller.KeyHolder("shop", "gold"), claim("sub"))).isEmpty();
  }
}

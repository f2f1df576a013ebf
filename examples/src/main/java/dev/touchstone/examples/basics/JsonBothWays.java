package dev.touchstone.examples.basics;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.DecodeException;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.examples.basics.LoopbackServer.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records are enough: what the JSON has beyond them is left out, what it lacks is empty, and a list
 * needs a {@link TypeRef}, because a class cannot say what is in it.
 */
final class JsonBothWays {

  private JsonBothWays() {}

  /** A stone, in Java's names; {@code found_at} is the name in the JSON. */
  record Stone(String name, @JsonProperty("found_at") Instant foundAt, Optional<String> colour) {}

  record NewStone(String name, List<String> tags) {}

  static void run(PrintWriter out) throws IOException {
    try (var server = new LoopbackServer(JsonBothWays::answer);
        var api = ApiClient.builder(server.url()).build()) {

      var one = api.send(ApiRequest.get("stones/{name}", "agate").as(Stone.class));
      out.println(one.name() + " was found at " + one.foundAt());

      var all = api.send(ApiRequest.get("stones").as(new TypeRef<List<Stone>>() {}));
      all.forEach(stone -> out.println(stone.name() + ": " + stone.colour().orElse("unknown")));

      var sent = new NewStone("topaz", List.of("hard", "rare"));
      out.println(
          "the server got " + api.send(ApiRequest.post("stones").json(sent).asText()));

      try {
        api.send(ApiRequest.get("html").as(Stone.class));
      } catch (DecodeException e) {
        out.println(
            "not retried: " + e.attempts().size() + " attempt"); // it would be the same again
      }
    }
  }

  private static Answer answer(LoopbackServer.Request request) {
    return Answer.of(
        200,
        switch (request.method() + " " + request.target()) {
          case "GET /stones/agate" ->
            "{\"name\":\"agate\",\"found_at\":\"2026-01-01T12:00:00Z\",\"weight\":12}";
          case "GET /stones" -> "[{\"name\":\"agate\"},{\"name\":\"jade\",\"colour\":\"green\"}]";
          case "POST /stones" -> request.body();
          default -> "<html>not JSON</html>";
        });
  }
}

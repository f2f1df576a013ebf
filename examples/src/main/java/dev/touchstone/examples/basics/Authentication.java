package dev.touchstone.examples.basics;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.auth.ClientCredentials;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.examples.basics.LoopbackServer.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Three things about credentials: a key or token is asked for when it is needed, tokens with an end
 * are renewed once however many calls need them, and nothing of it goes to another server.
 */
final class Authentication {

  private Authentication() {}

  static void run(PrintWriter out) throws IOException {
    aKey(out);
    aTokenThatExpires(out);
  }

  private static void aKey(PrintWriter out) throws IOException {
    try (var elsewhere = new LoopbackServer(request -> Answer.of(
            200, request.header("X-Api-Key").isPresent() ? "it leaked" : "it stayed at home"));
        var server = new LoopbackServer(request -> request.target().equals("/moved")
            ? new Answer(302, "", Map.of("Location", elsewhere.url()))
            : Answer.of(request.header("X-Api-Key").isPresent() ? 200 : 401, "welcome"));
        var api = ApiClient.builder(server.url())
            .auth(RequestAuthenticator.apiKey("X-Api-Key", () -> "secret"))
            .build();
        var stranger = ApiClient.builder(server.url()).build()) {

      out.println("with the key:     " + api.send(ApiRequest.get("").asText()));
      try {
        stranger.send(ApiRequest.get("").asText());
      } catch (ClientErrorException e) {
        out.println("without:          " + e.status());
      }
      out.println("after a redirect: " + api.send(ApiRequest.get("moved").asText()));
    }
  }

  /** Fifty calls find that their token has expired. */
  private static void aTokenThatExpires(PrintWriter out) throws IOException {
    var made = new AtomicInteger();
    var valid = new AtomicInteger(1);
    try (var tokenServer = new LoopbackServer(request -> Answer.of(
            200,
            "{\"access_token\":\"%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                .formatted(made.incrementAndGet())));
        var server = new LoopbackServer(request -> Answer.of(
            request.header("Authorization").equals(bearer(valid)) ? 200 : 401, "welcome"));
        var tokens = ApiClient.builder().build();
        var api = ApiClient.builder(server.url())
            .auth(ClientCredentials.of(
                tokens, URI.create(tokenServer.url()), "client", () -> "secret"))
            .build()) {
      api.send(ApiRequest.get("").asText());
      valid.set(2); // the first token is good no more

      var calls = IntStream.range(0, 50)
          .mapToObj(i -> api.exchangeAsync(ApiRequest.get("").asText()))
          .toList();
      var welcomes = calls.stream()
          .map(CompletableFuture::join)
          .filter(answer -> answer.body().equals("welcome"))
          .count();
      out.println(welcomes + " calls, new tokens: " + (made.get() - 1));
    }
  }

  private static Optional<String> bearer(AtomicInteger token) {
    return Optional.of("Bearer " + token);
  }
}

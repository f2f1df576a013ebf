package dev.touchstone.apiclient.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.BodySource;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.observe.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded from a real server is replayed, and holds no secret. */
class RecorderTest {

  @StartStop
  public final MockWebServer server = new MockWebServer();

  @TempDir
  private Path directory;

  private final VirtualTime time = new VirtualTime();

  private Path cassette() {
    return directory.resolve("cassette.json");
  }

  private ApiClient client(Interceptor interceptor, String token) {
    return ApiClient.builder(server.url("/").toString())
        .okHttp(new OkHttpClient.Builder().addInterceptor(interceptor).build())
        .auth(RequestAuthenticator.bearer(() -> token))
        .time(time)
        .build();
  }

  private void enqueue(int status, String type, String body, String... headers) {
    var answer =
        new MockResponse.Builder().code(status).setHeader("Content-Type", type).body(body);
    for (var i = 0; i < headers.length; i += 2) {
      answer.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(answer.build());
  }

  @Nested
  class Replayed {

    @Test
    void answersAreThoseOfTheServer() {
      enqueue(503, "text/plain", "busy", "Retry-After", "0");
      enqueue(200, "application/json", "{\"id\":7,\"name\":\"Bär\"}", "X-Total", "1");
      try (var recorder = Recorder.to(cassette())) {
        client(recorder, "real-token").send(ApiRequest.get("items/{id}", 7).asText());
      }

      var replay = Replay.of(cassette());
      var answer =
          client(replay, "no-token").exchange(ApiRequest.get("items/{id}", 7).asText());

      assertThat(answer.body()).isEqualTo("{\"id\":7,\"name\":\"Bär\"}");
      assertThat(answer.headers().first("X-Total")).contains("1");
      assertThat(answer.attempts()).hasSize(2);
      assertThat(replay.unused()).isEmpty();
      assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void bytesAreThoseOfTheServer() {
      var bytes = new byte[] {0, (byte) 0xff, 10, 13, (byte) 0x80};
      server.enqueue(new MockResponse.Builder()
          .setHeader("Content-Type", "image/png")
          .body(new okio.Buffer().write(bytes))
          .build());
      try (var recorder = Recorder.to(cassette())) {
        client(recorder, "real-token").send(ApiRequest.get("logo").asBytes());
      }

      assertThat(client(Replay.of(cassette()), "x").send(ApiRequest.get("logo").asBytes()))
          .isEqualTo(bytes);
    }

    @Test
    void textIsInTheCharsetOfTheServer() {
      server.enqueue(new MockResponse.Builder()
          .setHeader("Content-Type", "text/plain; charset=iso-8859-1")
          .body(new okio.Buffer().write("müde".getBytes(ISO_8859_1)))
          .build());
      try (var recorder = Recorder.to(cassette())) {
        client(recorder, "real-token").send(ApiRequest.get("a").asText());
      }

      var replay = client(Replay.of(cassette()), "x");
      assertThat(replay.send(ApiRequest.get("a").asText())).isEqualTo("müde");
    }

    @Test
    void pagesAreFollowedThoughTheirCursorIsHidden() {
      var next = "<" + server.url("/items?cursor=abcdef") + ">; rel=\"next\"";
      enqueue(200, "application/json", "[1,2]", "Link", next);
      enqueue(200, "application/json", "[3]");
      var first = ApiRequest.get("items").as(new TypeRef<List<Integer>>() {});
      try (var recorder = Recorder.to(cassette())) {
        assertThat(client(recorder, "t").pages(first)).containsExactly(1, 2, 3);
      }

      assertThat(client(Replay.of(cassette()), "x").pages(first)).containsExactly(1, 2, 3);
    }
  }

  @Nested
  class Miss {

    @Test
    void saysWhatWasAskedAndWhatComesNearest() {
      enqueue(200, "text/plain", "a");
      enqueue(200, "text/plain", "b");
      try (var recorder = Recorder.to(cassette())) {
        var client = client(recorder, "t");
        client.send(ApiRequest.get("users/1").discard());
        client.send(ApiRequest.get("items/1/parts").discard());
      }

      assertThatThrownBy(() -> client(Replay.of(cassette()), "t")
              .send(ApiRequest.get("items/{id}/parts", 2).discard()))
          .isExactlyInstanceOf(ReplayMissException.class)
          .hasMessage("no answer was recorded for GET " + server.url("/items/2/parts")
              + "; the nearest recorded request is GET " + server.url("/items/1/parts")
              + "; record it again if the request is right");
      assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void ofWhatWasAskedTooOftenSaysSo() {
      enqueue(200, "text/plain", "a");
      try (var recorder = Recorder.to(cassette())) {
        client(recorder, "t").send(ApiRequest.get("a").discard());
      }
      var client = client(Replay.of(cassette()), "t");
      client.send(ApiRequest.get("a").discard());

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .hasMessage("no answer is left for GET " + server.url("/a")
              + ", which was recorded 1 times; ask less often or record it again");
    }

    @Test
    void comparesBodies() {
      enqueue(200, "text/plain", "a");
      try (var recorder = Recorder.to(cassette())) {
        client(recorder, "t").send(ApiRequest.post("a").json(List.of(1)).discard());
      }

      assertThatThrownBy(() -> client(Replay.of(cassette()), "t")
              .send(ApiRequest.post("a").json(List.of(2)).discard()))
          .hasMessageContaining(
              "the nearest recorded request is POST " + server.url("/a") + " with [1];");
    }
  }

  @Nested
  class Secrets {

    @Test
    void areInNoCassetteWhereverTheyWere() throws IOException {
      for (var seed = 0; seed < 30; seed++) {
        var secrets = new Random(seed)
            .ints(7, 1, Integer.MAX_VALUE)
            .mapToObj(n -> "s\"é\\" + Integer.toString(n, 36) + "/+")
            .toList();
        var token = "t0k3n" + seed * 7_919;
        record(secrets, token);

        var text = Files.readString(cassette());

        assertThat(text).doesNotContain(token).contains("***", "harmless");
        assertThat(secrets).allSatisfy(secret -> {
          assertThat(text).doesNotContain(secret);
          assertThat(text).doesNotContain(secret.substring(4, secret.length() - 2));
        });
      }
    }

    private void record(List<String> secrets, String token) {
      enqueue(
          200,
          "application/json",
          "{\"access_token\":\"" + Cassette.escaped(secrets.get(0))
              + "\",\"name\":\"harmless\",\"nested\":[{\"clientSecret\":{\"a\":\""
              + Cassette.escaped(secrets.get(1)) + "\"}}],\"note\":\"you sent " + token
              + " and " + Cassette.escaped(secrets.get(2)) + "\"}",
          "Set-Cookie",
          "sid=" + token + "-cookie; Path=/; HttpOnly",
          "X-Echo",
          token);
      enqueue(200, "text/plain", "again " + secrets.get(0) + " and " + secrets.get(3));
      enqueue(200, "application/json", "{}", "Location", "http://other.test/?code=" + token);
      try (var recorder = Recorder.to(cassette())) {
        var client = client(recorder, token);
        client.send(ApiRequest.get("a").query("session_token", secrets.get(2)).discard());
        client.send(ApiRequest.post("paths/{it}", secrets.get(0))
            .json(Map.of("password", secrets.get(3)))
            .discard());
        client.send(ApiRequest.post("form")
            .header("X-Api-Key", token + "-key")
            .body(BodySource.form(Map.of("client_secret", secrets.get(4), "a", secrets.get(5))))
            .discard());
      }
    }

    @Test
    void areNotLookedForInWhatIsCompressed() {
      server.enqueue(new MockResponse.Builder()
          .setHeader("Content-Type", "application/json")
          .setHeader("Content-Encoding", "gzip")
          .body(new okio.Buffer().write(new byte[] {31, -117}))
          .build());
      try (var recorder = Recorder.to(cassette())) {
        var client = client(recorder, "t");

        assertThatIllegalStateException()
            .isThrownBy(() -> client.send(
                ApiRequest.get("a").header("Accept-Encoding", "gzip").discard()))
            .withMessageStartingWith("a compressed answer cannot be searched for secrets; use");
      }
    }

    @Test
    void areKnownByNamesOfTheUserToo() throws IOException {
      enqueue(200, "application/json", "{\"iban\":\"DE02120300000000202051\"}");
      try (var recorder =
          Recorder.to(cassette(), Redaction.standard().hideFields("IBAN").showQuery("page"))) {
        client(recorder, "t").send(ApiRequest.get("a").query("page", 2).discard());
      }

      assertThat(Files.readString(cassette())).contains("page=2").doesNotContain("DE0212");
    }

    @Test
    void ofBasicAuthenticationIncludeThePassword() throws IOException {
      enqueue(200, "text/plain", "wrong password: hunter22");
      try (var recorder = Recorder.to(cassette())) {
        client(recorder, "t")
            .with(copy -> copy.auth(RequestAuthenticator.basic("ann", () -> "hunter22")))
            .send(ApiRequest.get("a").discard());
      }

      assertThat(Files.readString(cassette())).contains("wrong password: ***");
    }
  }

  @Test
  void aCassetteMustBeThereAndWhole() throws IOException {
    assertThatThrownBy(() -> Replay.of(cassette()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("there is no cassette to replay; record " + cassette());

    Files.write(cassette(), "{\"interactions\":[{}]}".getBytes(UTF_8));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Replay.of(cassette()))
        .withMessage(cassette() + " is not a cassette that a Recorder wrote; record it again");
  }

  @Test
  void requestsThatWereNotAskedForAreListed() {
    enqueue(200, "text/plain", "a");
    try (var recorder = Recorder.to(cassette())) {
      client(recorder, "t")
          .send(ApiRequest.get(URI.create(server.url("/b?c=d").toString())).discard());
    }

    assertThat(Replay.of(cassette()).unused())
        .containsExactly("GET " + server.url("/b") + "?c=***");
  }
}

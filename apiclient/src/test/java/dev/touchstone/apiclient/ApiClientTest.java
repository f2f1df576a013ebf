package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.retry.RetryBudget;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.retry.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest extends ServerTest {

  @Nested
  class Request {

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource({
      "/, items, /items",
      "/, /items, /items",
      "/v3, items, /v3/items",
      "/v3/, /items, /v3/items",
      "/v3, items?a=b, /v3/items?a=b"
    })
    void isAppendedToTheBaseUrl(String base, String template, String target) {
      enqueue(json(ITEM));

      ApiClient.builder(server.url(base).toString())
          .okHttp(okHttp)
          .build()
          .send(ApiRequest.get(template).as(Item.class));

      assertThat(taken().getTarget()).isEqualTo(target);
    }

    @Test
    void carriesQueryHeadersAndJson() {
      enqueue(json(ITEM));
      var request = ApiRequest.post("items/{id}", "a/b")
          .query("q", "x&y= z")
          .query("absent", null)
          .query("tag", List.of("one", "two"))
          .header("X-Trace", "1")
          .header("X-Trace", "2")
          .json(new Item(7, "anvil"))
          .as(Item.class);

      client().send(request);

      var taken = taken();
      assertThat(taken.getRequestLine())
          .isEqualTo("POST /items/a%2Fb?q=x%26y%3D%20z&tag=one&tag=two HTTP/1.1");
      assertThat(taken.getHeaders().values("X-Trace")).containsExactly("1", "2");
      assertThat(taken.getHeaders().get("Accept")).isEqualTo("application/json");
      assertThat(taken.getHeaders().get("Content-Type")).isEqualTo("application/json");
      assertThat(taken.getBody().utf8()).isEqualTo(ITEM);
    }

    @Test
    void namesTheMediaTypeOfItsJson() {
      enqueue(status(204));

      client()
          .send(ApiRequest.patch("items")
              .header("content-type", "application/merge-patch+json")
              .json(Map.of("name", "anvil"))
              .discard());

      assertThat(taken().getHeaders().values("Content-Type"))
          .containsExactly("application/merge-patch+json");
    }

    @Test
    void replacesADefaultHeaderOfTheClient() {
      enqueue(json(ITEM));

      builder()
          .defaultHeader("Accept", "a/b")
          .defaultHeader("X-Version", "1")
          .build()
          .send(ApiRequest.get("items").header("accept", "c/d").as(Item.class));

      var taken = taken();
      assertThat(taken.getHeaders().values("Accept")).containsExactly("c/d");
      assertThat(taken.getHeaders().values("X-Version")).containsExactly("1");
    }

    @Test
    void keepsSecretDefaultsOfItsApiFromOtherOrigins() {
      enqueue(json(ITEM));
      var client = ApiClient.builder("https://api.test/")
          .okHttp(okHttp)
          .defaultHeader("X-Api-Key", "secret")
          .defaultHeader("User-Agent", "test")
          .build();

      client.send(ApiRequest.get(server.url("/items").uri()).as(Item.class));

      var taken = taken();
      assertThat(taken.getHeaders().get("X-Api-Key")).isNull();
      assertThat(taken.getHeaders().get("User-Agent")).isEqualTo("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void hasAnEmptyBodyIfItsMethodNeedsOne(String method) {
      enqueue(status(204));

      client().send(ApiRequest.of(method, "items").discard());

      assertThat(taken().getHeaders().get("Content-Length")).isEqualTo("0");
    }

    @Test
    void neededNoBaseUrlIfItIsAbsolute() {
      enqueue(json(ITEM));
      var uri = server.url("/items?a=%2F#fragment").uri();

      var item = ApiClient.builder()
          .okHttp(okHttp)
          .build()
          .send(ApiRequest.get(uri).query("b", 1).as(Item.class));

      assertThat(item).isEqualTo(new Item(7, "anvil"));
      assertThat(taken().getTarget()).isEqualTo("/items?a=%2F&b=1");
    }

    @Test
    void mustBeAbsoluteWithoutBaseUrl() {
      var client = ApiClient.builder().okHttp(okHttp).build();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.send(ApiRequest.get("items").discard()))
          .withMessage("items is relative, but the client has no base URL; give it one, or send"
              + " an absolute URL");
    }

    @Test
    void canBeChangedForTheNextPage() {
      var first = ApiRequest.get("items").query("page", 1).query("size", 10).as(Item.class);
      enqueue(json(ITEM), json(ITEM));

      client().send(first.withQuery("page", 2));
      client().send(first.withUri(server.url("/more").uri()));

      assertThat(taken().getTarget()).isEqualTo("/items?size=10&page=2");
      assertThat(taken().getTarget()).isEqualTo("/more");
    }

    @Test
    void showsNoValuesOfVariables() {
      var request =
          ApiRequest.get("users/{id}?key=k", "secret").query("token", "secret").discard();

      assertThat(request).hasToString("GET users/{id}");
      assertThat(ApiRequest.get(URI.create("https://u:p@h.test/a?token=secret")).discard())
          .hasToString("GET https://h.test/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET /admin HTTP/1.1\r\nX:", "G T"})
    void hasAMethodThatCannotBreakItsLine(String method) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ApiRequest.of(method, "items"))
          .withMessage("method must be a token in upper case, such as GET, was '" + method + "'");
    }

    @Test
    void ofGetHasNoBody() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ApiRequest.get("items").json(Map.of()).discard())
          .withMessage("GET must not have a body");
    }

    @Test
    void mustHaveABodyWithAJsonForm() {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              client().send(ApiRequest.post("items").json(new Unwritable()).discard()))
          .withMessage("POST items: the body could not be written as JSON; check its type");
    }
  }

  @Nested
  class Answer {

    @Test
    void isReadAsGenericType() {
      enqueue(json("[" + ITEM + "]"));

      var items = client().send(ApiRequest.get("items").as(new TypeRef<List<Item>>() {}));

      assertThat(items).containsExactly(new Item(7, "anvil"));
    }

    @Test
    void isReadAsTextInItsCharset() {
      var body = new Buffer().write("müde".getBytes(ISO_8859_1));
      server.enqueue(answer(200)
          .addHeader("Content-Type", "text/plain; charset=iso-8859-1")
          .body(body)
          .build());

      assertThat(client().send(ApiRequest.get("text").asText())).isEqualTo("müde");
    }

    @Test
    void isReadAsBytes() {
      server.enqueue(answer(200).body("bytes").build());

      assertThat(client().send(ApiRequest.get("raw").asBytes())).isEqualTo("bytes".getBytes(UTF_8));
    }

    @Test
    void tellsStatusHeadersAddressAndAttempts() {
      enqueue(status(302, "Location", "/final?x=1"), status(204, "Link", "next", "Location", "z"));

      var answer = client().exchange(ApiRequest.get("start").discard());

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isNull();
      assertThat(answer.headers().first("link")).contains("next");
      assertThat(answer.uri()).isEqualTo(server.url("/final?x=1").uri());
      assertThat(answer.link("Location")).contains(server.url("/z").uri());
      assertThat(answer.attempts()).singleElement().satisfies(attempt -> {
        assertThat(attempt.number()).isEqualTo(1);
        assertThat(attempt.status()).hasValue(204);
        assertThat(attempt.failure()).isEmpty();
        assertThat(attempt.delivery()).isEqualTo(Delivery.ANSWERED);
      });
    }

    @Test
    void mustNotBeLongerThanAllowed() {
      server.enqueue(answer(200).body("x".repeat(11)).build());

      assertThatThrownBy(
              () -> client().send(ApiRequest.get("raw").maxResponseBytes(10).asBytes()))
          .isExactlyInstanceOf(DecodeException.class)
          .hasMessage("GET raw: the answer has more than 10 bytes; raise maxResponseBytes, or read"
              + " it with stream()");
    }

    @Test
    void mayHaveExactlyTheAllowedLength() {
      server.enqueue(answer(200).body("x".repeat(10)).build());

      assertThat(client().send(ApiRequest.get("raw").maxResponseBytes(10).asBytes()))
          .hasSize(10);
    }

    @Test
    void mustBeOfTheTypeAskedFor() {
      server.enqueue(
          answer(200).addHeader("Content-Type", "text/html").body("<p>secret").build());

      assertThatThrownBy(() -> client().send(ApiRequest.get("items").as(Item.class)))
          .isExactlyInstanceOf(DecodeException.class)
          .hasMessage("GET items: expected JSON of type Item, found text/html that does not fit it,"
              + " with status 200");
    }

    @Test
    void mustNotBeEmptyIfJsonIsExpected() {
      enqueue(status(204));

      assertThatThrownBy(() -> client().send(ApiRequest.get("items").as(Item.class)))
          .isExactlyInstanceOf(DecodeException.class)
          .hasMessage("GET items: expected JSON of type Item, found an empty body with status 204;"
              + " use discard() if there need not be one");
    }

    @Test
    void mayHaveAnotherStatusThatIsAccepted() {
      enqueue(status(304, "ETag", "\"1\""), status(404));

      var unchanged = client().exchange(ApiRequest.get("a").alsoAccept(304).asBytes());
      var missing = client().exchange(ApiRequest.get("b").alsoAccept(404, 410).discard());

      assertThat(unchanged.status()).isEqualTo(304);
      assertThat(unchanged.body()).isEmpty();
      assertThat(missing.status()).isEqualTo(404);
    }

    @Test
    void isReadWhileItArrives() {
      server.enqueue(answer(200).addHeader("X-A", "1").body("stream").build());

      var text = client().stream(ApiRequest.get("raw").discard(), response -> {
        assertThat(response.headers().first("x-a")).contains("1");
        assertThat(response.attempts()).hasSize(1);
        return new String(response.body().readNBytes(3), UTF_8);
      });

      assertThat(text).isEqualTo("str");
    }

    @Test
    void isClosedWhenItsHandlerFails() {
      server.enqueue(answer(200).body("stream").build());

      assertThatThrownBy(() -> client().stream(ApiRequest.get("raw").discard(), response -> {
            throw new IOException("disk full");
          }))
          .isExactlyInstanceOf(UncheckedIOException.class)
          .hasRootCauseMessage("disk full");
    }

    /* That the connection is given back is checked after each test. */
    @Test
    void isClosedWhenTheRetryBudgetFailsBeforeItsStreamIsRead() {
      server.enqueue(answer(200).body("stream").build());
      var broken = new RetryBudget() {
        @Override
        public boolean tryWithdraw(Target target, Verdict.Kind kind) {
          return false;
        }

        @Override
        public void succeeded(Target target, Optional<Verdict.Kind> retry) {
          throw new IllegalStateException("broken on purpose");
        }
      };
      var client = builder().retry(RetryPolicy.builder().budget(broken).build()).build();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.stream(ApiRequest.get("raw").discard(), response -> 1));
      assertThat(pool.connectionCount()).isEqualTo(1);
    }

    /* That the connection is given back is checked after each test. */
    @Test
    void isClosedWhenItsRateLimitsCannotBeRead() {
      enqueue(json(ITEM));
      RateLimitReader broken = (status, headers, receivedAt) -> {
        throw new IllegalStateException("broken on purpose");
      };
      var client = builder().rateLimits(broken).build();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.send(ApiRequest.get("items").as(Item.class)));
      assertThat(pool.connectionCount()).isEqualTo(1);
    }
  }

  @Nested
  class Error {

    @ParameterizedTest
    @CsvSource({
      "400, ClientErrorException",
      "418, ClientErrorException",
      "429, RateLimitedException",
      "501, ServerErrorException",
      "304, UnexpectedStatusException",
      "600, UnexpectedStatusException"
    })
    void hasATypeForItsStatus(int status, String type) {
      enqueue(status(status));
      var once = builder().retry(RetryPolicy.none()).build();

      var error = catchThrowableOfType(
          HttpStatusException.class, () -> once.send(ApiRequest.get("items").discard()));

      assertThat(error.getClass().getSimpleName()).isEqualTo(type);
      assertThat(error.status()).isEqualTo(status);
    }

    @Test
    void saysWhatToDo() {
      enqueue(status(404));

      assertThatThrownBy(
              () -> client().send(ApiRequest.get("items/{id}", "secret").discard()))
          .hasMessage("GET items/{id}: HTTP 404; check the path and its variables");
    }

    @Test
    void holdsProblemDetails() {
      server.enqueue(answer(403)
          .addHeader("Content-Type", "Application/Problem+JSON; charset=utf-8")
          .body("""
              {"type":"/out-of-credit","title":"Out of\\ncredit","status":"oops","detail":"30 short",
              "instance":"tx/1","balance":30,"nothing":null}""")
          .build());

      var error = catchThrowableOfType(
          ClientErrorException.class, () -> client().send(ApiRequest.get("pay").discard()));

      assertThat(error).hasMessageStartingWith("GET pay: HTTP 403 (Out of credit); check what");
      assertThat(error.problem()).hasValueSatisfying(problem -> {
        assertThat(problem.type()).isEqualTo(server.url("/out-of-credit").uri());
        assertThat(problem.status()).isEmpty();
        assertThat(problem.detail()).contains("30 short");
        assertThat(problem.instance()).contains(server.url("/tx/1").uri());
        assertThat(problem.extensions()).containsExactly(Map.entry("balance", 30));
      });
    }

    @Test
    void keepsThePathOfAProblemWhoseInstanceIsAQueryOnly() {
      server.enqueue(answer(403)
          .addHeader("Content-Type", "application/problem+json")
          .body("{\"type\":\"urn:problem:credit\",\"instance\":\"?id=1\"}")
          .build());

      var error = catchThrowableOfType(
          ClientErrorException.class, () -> client().send(ApiRequest.get("pay").discard()));

      assertThat(error.problem()).hasValueSatisfying(problem -> {
        assertThat(problem.type()).hasToString("urn:problem:credit");
        assertThat(problem.instance()).contains(server.url("/pay?id=1").uri());
      });
    }

    @Test
    void hasNoProblemDetailsIfThereAreNone() {
      var problem = "application/problem+json";
      server.enqueue(answer(400).addHeader("Content-Type", problem).body("[1]").build());
      server.enqueue(answer(400).addHeader("Content-Type", problem).body("<p>").build());
      server.enqueue(answer(400).body("{}").build());

      for (var i = 0; i < 3; i++) {
        var error = catchThrowableOfType(
            ClientErrorException.class,
            () -> client().send(ApiRequest.get("pay").discard()));
        assertThat(error.problem()).isEmpty();
      }
    }

    @Test
    void keepsTheStartOfItsBody() {
      server.enqueue(answer(400).body("x".repeat(100)).build());

      var error = catchThrowableOfType(
          ClientErrorException.class,
          () -> builder().maxErrorBytes(10).build().send(ApiRequest.get("a").discard()));

      assertThat(error.context().body()).hasSize(10);
    }

    @Test
    void canBeOneOfTheApi() {
      server.enqueue(answer(422).body("{\"id\":1,\"name\":\"field\"}").build());
      var client = builder()
          .errors(error -> error.bodyAs(Item.class).map(item -> new Invalid(error, item.name())))
          .build();

      assertThatThrownBy(() -> client.send(ApiRequest.post("items").discard()))
          .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.field).isEqualTo("field"));
    }

    @Test
    void ofARedirectSaysWhyItWasNotFollowed() {
      enqueue(status(302, "Location", "ftp://x/"));

      assertThatThrownBy(() -> client().send(ApiRequest.get("items").discard()))
          .isExactlyInstanceOf(UnexpectedStatusException.class)
          .hasMessage(
              "GET items: HTTP 302; redirect to something that is not an http or https URL");
    }
  }

  @Nested
  class Settings {

    @ParameterizedTest
    @ValueSource(strings = {"", "api.test", "ftp://api.test/", "/v3"})
    void needAnAbsoluteBaseUrl(String url) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ApiClient.builder(url))
          .withMessage("baseUrl must be an absolute http or https URL, was " + url);
    }

    @Test
    void refuseSecretsInTheBaseUrl() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ApiClient.builder("https://user:secret@api.test"))
          .withMessage("baseUrl must not hold credentials; use auth()");
    }

    @Test
    void needAnOriginForCredentials() {
      var builder = ApiClient.builder().auth(RequestAuthenticator.bearer(() -> "t"));

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage("auth needs to know where credentials may travel to; give the client a base"
              + " URL or set credentialOrigins");
    }

    @Test
    void canBeChangedInACopyThatSharesConnections() {
      enqueue(json(ITEM), json(ITEM));
      var client = client();

      client.send(ApiRequest.get("a").as(Item.class));
      client
          .with(copy -> copy.defaultHeader("X-A", "1"))
          .send(ApiRequest.get("b").as(Item.class));

      assertThat(taken().getConnectionIndex()).isEqualTo(taken().getConnectionIndex());
      assertThat(pool.connectionCount()).isEqualTo(1);
    }
  }

  @Nested
  class Closing {

    @Test
    void endsTheUseOfAClientAndItsCopies() {
      var client = client();
      var copy = client.with(change -> {});

      client.close();
      client.close();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .withMessage("the client is closed; make another one");
      assertThatIllegalStateException()
          .isThrownBy(() -> copy.exchangeAsync(ApiRequest.get("a").discard()))
          .withMessage("the client is closed; make another one");
    }

    @Test
    void ofACopyEndsOnlyTheCopy() {
      enqueue(json(ITEM));
      var client = client();

      client.with(change -> {}).close();

      assertThat(client.send(ApiRequest.get("a").as(Item.class))).isNotNull();
    }

    @Test
    void leavesTheCallersOkHttpOpen() {
      enqueue(json(ITEM), json(ITEM));
      client().close();

      assertThat(client().send(ApiRequest.get("a").as(Item.class))).isNotNull();
    }
  }

  /** A value that Jackson cannot write. */
  private static final class Unwritable {

    public String getName() {
      throw new IllegalStateException("no name");
    }
  }

  /** An error of one API. */
  private static final class Invalid extends ClientErrorException {

    private static final long serialVersionUID = 1L;

    private final String field;

    private Invalid(ErrorContext context, String field) {
      super(context);
      this.field = field;
    }
  }
}

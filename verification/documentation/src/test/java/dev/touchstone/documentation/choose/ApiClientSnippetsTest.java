package dev.touchstone.documentation.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.ErrorMapper;
import dev.touchstone.apiclient.IdempotencyKeys;
import dev.touchstone.apiclient.MultipartBody;
import dev.touchstone.apiclient.RateLimitedException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.auth.ClientCredentials;
import dev.touchstone.apiclient.network.AddressGuard;
import dev.touchstone.apiclient.paging.Paginator;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/choose.md on touchstone-apiclient. */
class ApiClientSnippetsTest {

  @StartStop
  public final MockWebServer server = new MockWebServer();

  @TempDir
  private Path directory;

  private String url;

  record Order(String id, int cents) {}

  record NewOrder(String article) {}

  @BeforeEach
  void findServer() {
    url = server.url("/").toString();
  }

  private void answer(int status, String body, String... headers) {
    var answer = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i < headers.length; i += 2) {
      answer.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(answer.build());
  }

  @Test
  void callAnApi() {
    answer(503, "");
    answer(200, "{\"id\":\"7\",\"cents\":100}");
    // @start region="call"
    try (var shop = ApiClient.builder(url).timeout(Duration.ofSeconds(10)).build()) {
      var order = shop.send(ApiRequest.get("orders/{id}", "7").as(Order.class));
      assertThat(order.cents()).isEqualTo(100); // a 503 before that was asked again
    }
    // @end
  }

  @Test
  void postSafely() throws Exception {
    answer(200, "{\"id\":\"7\",\"cents\":100}");
    // @start region="post"
    try (var shop = ApiClient.builder(url)
        .idempotencyKeys(IdempotencyKeys.bare("Idempotency-Key")) // if the server knows them
        .build()) {
      shop.send(ApiRequest.post("orders").json(new NewOrder("tea")).as(Order.class));
    } // without keys, a POST whose fate is unknown is not sent again
    // @end
    assertThat(server.takeRequest().getHeaders().get("Idempotency-Key")).isNotBlank();
  }

  @Test
  void failures() {
    answer(404, "");
    try (var shop = ApiClient.builder(url).build()) {
      // @start region="failure"
      try {
        shop.send(ApiRequest.get("orders/{id}", "7").as(Order.class));
      } catch (ClientErrorException mine) {
        assertThat(mine.status()).isEqualTo(404); // the request is wrong
      } catch (ApiException other) {
        assertThat(other.isWorthRetryingLater()).isTrue(); // and delivery() says how far it got
      }
      // @end
    }
  }

  record Refusal(String code, Instant comeBack) {}

  @Test
  void ownErrors() {
    answer(403, "{\"code\":\"quota\",\"comeBack\":\"2026-01-01T00:00:05Z\"}");
    answer(200, "");
    // @start region="retry-at"
    ErrorMapper quotas = error -> error
        .bodyAs(Refusal.class) // {"code":"quota","comeBack":"2026-01-01T00:00:05Z"}
        .filter(refusal -> refusal.code().equals("quota"))
        .map(refusal -> new RateLimitedException(error, refusal.comeBack())); // waits till then

    var shop = ApiClient.builder(url).errors(quotas);
    // @end
    var time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    try (var client = shop.time(time).build()) {
      var waits = client.exchange(ApiRequest.get("orders").discard()).attempts();
      assertThat(waits).hasSize(2);
      assertThat(time.sleeps())
          .singleElement()
          .satisfies(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
    }
  }

  @Test
  void tokens() {
    answer(200, "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":3600}");
    answer(200, "{\"id\":\"7\",\"cents\":100}");
    URI tokenEndpoint = server.url("/token").uri();
    Supplier<String> secret = () -> "secret";
    // @start region="token"
    try (var tokens = ApiClient.builder().build();
        var shop = ApiClient.builder(url)
            .auth(ClientCredentials.of(tokens, tokenEndpoint, "my-app", secret, "orders"))
            .build()) { // one token for all calls, renewed once, by one of them
      shop.send(ApiRequest.get("orders/{id}", "7").as(Order.class));
    }
    // @end
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void quotas() {
    answer(200, "", "X-RateLimit-Remaining", "10", "X-RateLimit-Reset", "60");
    // @start region="quota"
    var shop = ApiClient.builder(url)
        .rateLimits(RateLimitReader.ietf(), RateLimitReader.xRateLimit())
        .build(); // calls wait until there is quota, instead of being refused
    // @end
    shop.send(ApiRequest.get("orders").discard());
    shop.close();
  }

  record Page(List<Order> orders, Optional<String> next) {}

  @Test
  void pages() {
    answer(200, "{\"orders\":[{\"id\":\"1\",\"cents\":5}],\"next\":\"x\"}");
    answer(200, "{\"orders\":[{\"id\":\"2\",\"cents\":6}],\"next\":null}");
    try (var shop = ApiClient.builder(url).build()) {
      // @start region="pages"
      var orders = shop.pages(
          ApiRequest.get("orders").as(Page.class),
          Paginator.cursor(Page::orders, Page::next, "after"));

      var cents = orders.prefetch(2).stream().mapToInt(Order::cents).sum();
      // @end
      assertThat(cents).isEqualTo(11);
    }
  }

  @Test
  void upload() throws Exception {
    answer(200, "");
    var scan = Files.writeString(directory.resolve("scan.pdf"), "%PDF");
    try (var shop = ApiClient.builder(url).build()) {
      // @start region="upload"
      var form = MultipartBody.builder()
          .field("kind", "invoice")
          .file("scan", scan, "application/pdf") // read piece by piece
          .build();
      shop.send(ApiRequest.post("documents").body(form).discard());
      // @end
    }
  }

  @Test
  void download() {
    answer(200, "content");
    var target = directory.resolve("large.zip");
    try (var shop = ApiClient.builder(url).build()) {
      // @start region="download"
      long bytes = shop.stream(
          ApiRequest.get("exports/{name}", "large.zip").discard(),
          answer -> Files.copy(answer.body(), target)); // never whole in memory
      // @end
      assertThat(bytes).isEqualTo(7);
    }
  }

  @Test
  void foreignAddresses() {
    var webhook = URI.create("http://127.0.0.1:1/hook");
    // @start region="foreign-address"
    try (var client =
        ApiClient.builder().addressGuard(AddressGuard.publicOnly()).build()) {
      var hook = ApiRequest.of("POST", webhook).json("paid").discard();

      assertThatThrownBy(() -> client.send(hook)) // an address within, after redirects too
          .isInstanceOf(RejectedException.class);
    }
    // @end
  }

  @Test
  void manyCalls() {
    answer(200, "{\"id\":\"1\",\"cents\":5}");
    answer(200, "{\"id\":\"2\",\"cents\":6}");
    try (var shop = ApiClient.builder(url).build()) {
      // @start region="many"
      var answers = List.of("1", "2").stream()
          .map(id -> shop.exchangeAsync(ApiRequest.get("orders/{id}", id).as(Order.class)))
          .toList();
      var cents = answers.stream().mapToInt(it -> it.join().body().cents()).sum();
      // @end
      assertThat(cents).isEqualTo(11);
    }
  }

  @Test
  void tests() {
    // @start region="test"
    var transport = new ScriptedTransport(
        request -> ScriptedTransport.json(request, 200, "[{\"id\":\"7\",\"cents\":100}]"));
    try (var shop = ApiClient.builder("http://shop").transport(transport).build()) {
      var orders = shop.send(ApiRequest.get("orders").as(new TypeRef<List<Order>>() {}));

      assertThat(orders).containsExactly(new Order("7", 100)); // no server, no port
    }
    // @end
  }
}

package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.auth.ClientCredentials;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.network.AddressGuard;
import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.apiclient.observe.MicrometerObserver;
import dev.touchstone.apiclient.retry.Backoff;
import dev.touchstone.apiclient.retry.RetryBudget;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.testing.Fault;
import dev.touchstone.apiclient.testing.FaultProxy;
import dev.touchstone.apiclient.testing.FaultProxy.Direction;
import dev.touchstone.apiclient.testing.Recorder;
import dev.touchstone.apiclient.testing.Replay;
import dev.touchstone.apiclient.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that the documentation of this module shows. */
class SnippetsTest {

  @StartStop
  public final MockWebServer server = new MockWebServer();

  @TempDir
  private Path directory;

  private String url;

  private record Repo(long id, String name, int stars) {}

  private record Issue(int number, String title) {}

  private record NewIssue(String title, String body) {}

  @BeforeEach
  void findServer() {
    url = server.url("/").toString();
  }

  // @start region="own-client"
  /** A client of one API: a class that has an {@code ApiClient}, with a method for each call. */
  static final class GitHub implements AutoCloseable {

    private final ApiClient api;

    GitHub(String baseUrl, Supplier<String> token) {
      api = ApiClient.builder(baseUrl)
          .auth(RequestAuthenticator.bearer(token))
          .defaultHeader("Accept", "application/vnd.github+json")
          .build();
    }

    Repo repo(String owner, String name) {
      return api.send(ApiRequest.get("repos/{owner}/{name}", owner, name).as(Repo.class));
    }

    Issue open(String owner, String name, NewIssue issue) {
      return api.send(ApiRequest.post("repos/{owner}/{name}/issues", owner, name)
          .json(issue)
          .timeout(Duration.ofSeconds(20))
          .as(Issue.class));
    }

    @Override
    public void close() {
      api.close();
    }
  }
  // @end

  @Test
  void ownClient() throws InterruptedException {
    answer(200, "{\"number\":1,\"title\":\"t\"}");

    try (var github = new GitHub(url, () -> "token")) {
      assertThat(github.open("o", "r/x", new NewIssue("t", "b"))).isEqualTo(new Issue(1, "t"));
    }

    assertThat(server.takeRequest().getTarget()).isEqualTo("/repos/o/r%2Fx/issues");
  }

  @Test
  void firstCall() {
    answer(200, "{\"id\":1,\"name\":\"touchstone\",\"stars\":3}");

    // @start region="first-call"
    try (var client = ApiClient.builder(url).build()) {
      var repo = client.send(ApiRequest.get("repos/{owner}/{name}", "acme", "x").as(Repo.class));
      assertThat(repo.stars()).isEqualTo(3);
    }
    // @end
  }

  @Test
  void request() {
    answer(200, "[{\"number\":1,\"title\":\"t\"}]");
    try (var client = ApiClient.builder(url).build()) {
      // @start region="request"
      var request = ApiRequest.get("repos/{owner}/{name}/issues", "acme", "x")
          .query("label", List.of("bug", "urgent"))
          .header("X-Request-Id", "17")
          .timeout(Duration.ofSeconds(10))
          .as(new TypeRef<List<Issue>>() {});

      var answer = client.exchange(request);
      // @end
      assertThat(answer.body()).containsExactly(new Issue(1, "t"));
    }
  }

  @Test
  void errors() {
    answer(404, "");
    try (var client = ApiClient.builder(url).build()) {
      var request = ApiRequest.get("repos/{owner}/{name}", "acme", "x").as(Repo.class);
      // @start region="errors"
      try {
        client.send(request);
      } catch (ApiException failure) {
        var what = switch (failure) {
          case RateLimitedException busy -> "come back at " + busy.retryAt();
          case ClientErrorException wrong -> "the request is wrong: " + wrong.problem();
          case ServerErrorException broken -> "the server failed with " + broken.status();
          case UnexpectedStatusException odd -> "not an error, not a result: " + odd.status();
          case TransportException lost -> "no answer; the request was " + lost.delivery();
          case DeadlineException late -> "out of time after " + late.attempts().size();
          case DecodeException strange -> "the answer makes no sense";
          case RejectedException refused -> "not sent, because of " + refused.by();
          case CancelledException cancelled -> "cancelled";
        };
        // @end
        assertThat(what).startsWith("the request is wrong");
      }
    }
  }

  @Test
  void errorMapper() {
    // @start region="error-mapper"
    ErrorMapper limitsAre403 =
        error -> error.status() == 403 && error.headers().first("Retry-After").isPresent()
            ? Optional.of(new RateLimitedException(error))
            : Optional.empty();
    // @end

    var error = ErrorContext.of(server.url("/x").uri(), 403, Headers.of("Retry-After", "5"), "");
    assertThat(limitsAre403.map(error)).containsInstanceOf(RateLimitedException.class);
  }

  @Test
  void retryPolicy() {
    // @start region="retry-policy"
    var policy = RetryPolicy.builder()
        .maxAttempts(5)
        .transientBackoff(Backoff.decorrelated(Duration.ofMillis(100), Duration.ofSeconds(10)))
        .budget(RetryBudget.tokenBucket(500, 14, 5))
        .longestRetryAfter(Duration.ofSeconds(30))
        .build();
    // @end

    assertThat(policy.maxAttempts()).isEqualTo(5);
  }

  @Test
  void pages() {
    answer(200, "[{\"number\":1,\"title\":\"a\"},{\"number\":2,\"title\":\"b\"}]");
    try (var client = ApiClient.builder(url).build()) {
      // @start region="pages"
      var issues = client.pages(ApiRequest.get("repos/{owner}/{name}/issues", "acme", "x")
          .query("per_page", 100)
          .as(new TypeRef<List<Issue>>() {}));
      var titles = issues.stream().map(Issue::title).limit(500).toList();
      // @end
      assertThat(titles).containsExactly("a", "b");
    }
  }

  @Test
  void guard() {
    // @start region="guard"
    var guard = AddressGuard.publicOnly().allowing("10.20.0.0/16");
    try (var client = ApiClient.builder().addressGuard(guard).build()) {
      var metadata =
          ApiRequest.get(URI.create("http://169.254.169.254/secrets")).asText();

      assertThatThrownBy(() -> client.send(metadata)).isInstanceOf(RejectedException.class);
    }
    // @end
  }

  @Test
  void observer() {
    answer(200, "1");
    var calls = new LongAdder();
    // @start region="observer"
    var counting = new CallObserver() {
      @Override
      public void callEnded(RequestSummary request, Target target, List<Attempt> attempts) {
        calls.increment();
      }
    };
    try (var client = ApiClient.builder(url).observe(counting).build()) {
      client.send(ApiRequest.get("repos").discard());
    }
    // @end
    assertThat(calls.sum()).isEqualTo(1);
  }

  @Test
  void oauth() {
    answer(200, "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":3600}");
    answer(200, "{\"id\":1,\"name\":\"a\",\"stars\":3}");
    var endpoint = server.url("/token").uri();
    Supplier<String> secret = () -> "secret";
    // @start region="oauth"
    try (var tokens = ApiClient.builder().build();
        var client = ApiClient.builder(url)
            .auth(ClientCredentials.of(tokens, endpoint, "my-client", secret, "repo:read"))
            .build()) {
      var repo = client.send(ApiRequest.get("repos/{name}", "x").as(Repo.class));
      // @end
      assertThat(repo.stars()).isEqualTo(3);
    }
  }

  @Test
  void async() {
    answer(200, "{\"id\":1,\"name\":\"a\",\"stars\":3}");
    answer(200, "{\"id\":2,\"name\":\"b\",\"stars\":4}");
    try (var client = ApiClient.builder(url).build()) {
      // @start region="async"
      var calls = List.of("one", "two").stream()
          .map(name -> client.exchangeAsync(ApiRequest.get("repos/{name}", name).as(Repo.class)))
          .toList();
      var stars = calls.stream()
          .map(CompletableFuture::join)
          .mapToInt(answer -> answer.body().stars())
          .sum();
      // @end
      assertThat(stars).isEqualTo(7);
    }
  }

  @Test
  void stream() {
    answer(200, "content");
    var target = directory.resolve("logo.png");
    try (var client = ApiClient.builder(url).build()) {
      // @start region="stream"
      var bytes = client.stream(
          ApiRequest.get("files/{name}", "logo.png").discard(),
          response -> Files.copy(response.body(), target));
      // @end
      assertThat(bytes).isEqualTo(7);
    }
  }

  @Test
  void testing() {
    answer(503, "");
    answer(200, "{\"id\":1,\"name\":\"a\",\"stars\":3}");

    // @start region="testing"
    var time = new VirtualTime();
    try (var client = ApiClient.builder(url).time(time).build()) {
      var answer = client.exchange(ApiRequest.get("repos/{name}", "x").as(Repo.class));

      assertThat(answer.attempts()).hasSize(2);
      assertThat(time.sleeps()).hasSize(1); // the back-off, which took no time
    }
    // @end
  }

  @Test
  void multipart() throws IOException {
    answer(200, "{\"id\":1,\"name\":\"a\",\"stars\":3}");
    var file = Files.writeString(directory.resolve("logo.svg"), "<svg/>");
    try (var client = ApiClient.builder(url).build()) {
      // @start region="multipart"
      var form = MultipartBody.builder()
          .field("title", "Logo")
          .file("image", file, "image/svg+xml")
          .build();

      client.send(ApiRequest.post("images").body(form).as(Repo.class));
      // @end
    }
  }

  @Test
  void metrics() {
    var registry = new SimpleMeterRegistry();
    // @start region="metrics"
    var client = ApiClient.builder(url).observe(MicrometerObserver.of(registry)).build();
    // @end
    client.close();
  }

  @Test
  void faultProxy() {
    answer(200, "{\"id\":1,\"name\":\"a\",\"stars\":3}");
    answer(200, "{\"id\":1,\"name\":\"a\",\"stars\":3}");
    var address = server.getSocketAddress();

    // @start region="fault-proxy"
    try (var proxy = FaultProxy.open(address);
        var client = ApiClient.builder(proxy.uri().toString()).build()) {
      client.send(ApiRequest.get("repos/{name}", "x").as(Repo.class));
      proxy.inject(Direction.TO_CLIENT, new Fault.LimitData(20));

      assertThatThrownBy(() -> client.send(ApiRequest.post("repos").json("x").discard()))
          .isInstanceOfSatisfying(
              TransportException.class,
              cut -> assertThat(cut.delivery()).isEqualTo(Delivery.UNKNOWN));
    }
    // @end
  }

  @Test
  void recording() {
    answer(200, "{\"id\":1,\"name\":\"a\",\"stars\":3}");
    var cassette = directory.resolve("repo.json");
    Supplier<String> token = () -> "secret-token";

    // @start region="record"
    try (var recorder = Recorder.to(cassette)) {
      var okHttp = new OkHttpClient.Builder().addInterceptor(recorder).build();
      var client = ApiClient.builder(url)
          .okHttp(okHttp)
          .auth(RequestAuthenticator.bearer(token))
          .build();

      client.send(ApiRequest.get("repos/{name}", "x").as(Repo.class));
    }
    // @end
    // @start region="replay"
    var okHttp = new OkHttpClient.Builder().addInterceptor(Replay.of(cassette)).build();
    var client = ApiClient.builder(url).okHttp(okHttp).build();

    var repo = client.send(ApiRequest.get("repos/{name}", "x").as(Repo.class));
    // @end
    assertThat(repo.stars()).isEqualTo(3);
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}

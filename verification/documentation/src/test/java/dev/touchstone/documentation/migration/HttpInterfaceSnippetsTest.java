package dev.touchstone.documentation.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.ErrorContext;
import dev.touchstone.apiclient.ErrorMapper;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.retry.Backoff;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.testing.VirtualTime;
import feign.DefaultRetryer;
import feign.Feign;
import feign.Param;
import feign.RequestInterceptor;
import feign.RequestLine;
import feign.codec.DefaultErrorDecoder;
import feign.codec.ErrorDecoder;
import feign.jackson.JacksonDecoder;
import feign.jackson.JacksonEncoder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The examples of docs/migration/from-retrofit-and-feign.md. */
class HttpInterfaceSnippetsTest {

  @StartStop
  public final MockWebServer server = new MockWebServer();

  private String baseUrl;
  private Supplier<String> token = () -> "secret";

  record Issue(int number, String title) {}

  record NewIssue(String title) {}

  @BeforeEach
  void answer() {
    baseUrl = server.url("/").toString();
    token = () -> "secret";
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build());
  }

  // @start region="before-retrofit-interface"
  interface RetrofitIssues {
    @GET("repos/{owner}/{name}/issues")
    Call<List<Issue>> list(
        @Path("owner") String owner, @Path("name") String name, @Query("label") String label);

    @POST("repos/{owner}/{name}/issues")
    Call<Issue> open(@Path("owner") String owner, @Path("name") String name, @Body NewIssue issue);
  }

  // @end

  private RetrofitIssues retrofit() {
    // @start region="before-retrofit-client"
    var okHttp = new OkHttpClient.Builder()
        .addInterceptor(chain -> chain.proceed(chain
            .request()
            .newBuilder()
            .header("Authorization", "Bearer " + token.get())
            .build()))
        .build();
    var issues = new Retrofit.Builder()
        .baseUrl(baseUrl)
        .client(okHttp)
        .addConverterFactory(JacksonConverterFactory.create())
        .build()
        .create(RetrofitIssues.class);
    // @end
    return issues;
  }

  private static List<Issue> listWithRetrofit(RetrofitIssues issues) throws IOException {
    // @start region="before-retrofit-call"
    Response<List<Issue>> answer = issues.list("acme", "x", "bug").execute();
    if (!answer.isSuccessful()) {
      throw new IOException("HTTP " + answer.code()); // errorBody() has the rest, as text
    }
    return answer.body();
    // @end
  }

  @Test
  void retrofitReads() throws Exception {
    answer(200, "[{\"number\":1,\"title\":\"t\"}]");

    assertThat(listWithRetrofit(retrofit())).containsExactly(new Issue(1, "t"));

    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer secret");
  }

  // @start region="after-client"
  static final class Issues implements AutoCloseable {

    private final ApiClient api;

    Issues(String baseUrl, Supplier<String> token) {
      api = ApiClient.builder(baseUrl).auth(RequestAuthenticator.bearer(token)).build();
    }

    List<Issue> list(String owner, String name, String label) {
      return api.send(ApiRequest.get("repos/{owner}/{name}/issues", owner, name)
          .query("label", label)
          .as(new TypeRef<List<Issue>>() {}));
    }

    Issue open(String owner, String name, NewIssue issue) {
      return api.send(ApiRequest.post("repos/{owner}/{name}/issues", owner, name)
          .json(issue)
          .as(Issue.class));
    }

    @Override
    public void close() {
      api.close();
    }
  }

  // @end

  @Test
  void touchstoneReads() throws Exception {
    answer(200, "[{\"number\":1,\"title\":\"t\"}]");
    answer(201, "{\"number\":2,\"title\":\"u\"}");

    try (var issues = new Issues(baseUrl, token)) {
      assertThat(issues.list("acme", "x", "bug")).containsExactly(new Issue(1, "t"));
      assertThat(issues.open("acme", "x", new NewIssue("u"))).isEqualTo(new Issue(2, "u"));
    }

    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer secret");
  }

  @Test
  void enqueue() {
    answer(200, "[]");
    var shown = new java.util.concurrent.LinkedBlockingQueue<String>();
    // @start region="before-retrofit-async"
    retrofit().list("acme", "x", "bug").enqueue(new Callback<>() {
      @Override
      public void onResponse(Call<List<Issue>> call, Response<List<Issue>> answer) {
        shown.add(answer.isSuccessful() ? answer.body().toString() : "HTTP " + answer.code());
      }

      @Override
      public void onFailure(Call<List<Issue>> call, Throwable failure) {
        shown.add("no answer");
      }
    });
    // @end
    assertThat(take(shown)).isEqualTo("[]");

    answer(200, "[]");
    try (var client = ApiClient.builder(baseUrl).build()) {
      // @start region="after-async"
      client
          .exchangeAsync(ApiRequest.get("repos/{owner}/{name}/issues", "acme", "x")
              .query("label", "bug")
              .as(new TypeRef<List<Issue>>() {}))
          .whenComplete((answer, failure) ->
              shown.add(failure == null ? answer.body().toString() : failure.getMessage()));
      // @end
      assertThat(take(shown)).isEqualTo("[]");
    }
  }

  private static String take(java.util.concurrent.BlockingQueue<String> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // @start region="before-feign-interface"
  interface FeignIssues {
    @RequestLine("GET /repos/{owner}/{name}/issues?label={label}")
    List<Issue> list(
        @Param("owner") String owner, @Param("name") String name, @Param("label") String label);
  }

  // @end

  static final class NoSuchRepository extends ClientErrorException {

    private static final long serialVersionUID = 1L;

    NoSuchRepository(ErrorContext error) {
      super(error);
    }
  }

  private static final class NoSuchRepositoryBefore extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  @Test
  void feign() throws Exception {
    answer(200, "[{\"number\":1,\"title\":\"t\"}]");
    // @start region="before-feign-client"
    RequestInterceptor credentials =
        request -> request.header("Authorization", "Bearer " + token.get());
    ErrorDecoder errors = (method, answer) -> answer.status() == 404
        ? new NoSuchRepositoryBefore()
        : new DefaultErrorDecoder().decode(method, answer);

    var issues = Feign.builder()
        .encoder(new JacksonEncoder())
        .decoder(new JacksonDecoder(new JsonMapper()))
        .requestInterceptor(credentials)
        .errorDecoder(errors)
        .retryer(new DefaultRetryer(100, 1_000, 5)) // 5 attempts, a POST too
        .target(FeignIssues.class, baseUrl);
    // @end
    assertThat(issues.list("acme", "x", "bug")).containsExactly(new Issue(1, "t"));
  }

  @Test
  void afterFeign() {
    answer(503, "");
    answer(404, "");
    // @start region="after-errors-and-retries"
    ErrorMapper errors = error ->
        error.status() == 404 ? Optional.of(new NoSuchRepository(error)) : Optional.empty();

    var client = ApiClient.builder(baseUrl)
        .auth(RequestAuthenticator.bearer(token))
        .errors(errors)
        .retry(RetryPolicy.builder()
            .maxAttempts(5)
            .transientBackoff(Backoff.fullJitter(Duration.ofMillis(100), Duration.ofSeconds(1)))
            .build()) // a POST only where nothing can have happened
        .build();
    // @end
    try (var impatient = client.with(options -> options.time(new VirtualTime()))) {
      impatient.send(ApiRequest.get("repos/{owner}/{name}/issues", "acme", "x").discard());
    } catch (ApiException failure) {
      assertThat(failure).isInstanceOf(NoSuchRepository.class);
      assertThat(failure.attempts()).hasSize(2);
    }
    client.close();
    assertThat(server.getRequestCount()).isEqualTo(2);
  }
}

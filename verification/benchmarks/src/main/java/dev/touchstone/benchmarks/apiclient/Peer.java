package dev.touchstone.benchmarks.apiclient;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.jackson.JacksonDecoder;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;
import retrofit2.http.GET;
import retrofit2.http.Path;
import tools.jackson.databind.json.JsonMapper;

/** What people use to get a JSON document, each as its documentation has it. */
public enum Peer {
  /** OkHttp and Jackson 3 by hand: no retry, no time limit, no check of the status. */
  OKHTTP {
    @Override
    Caller caller(OkHttpClient okHttp, String url) {
      var base = HttpUrl.get(url);
      var reader = JsonMapper.shared().readerFor(Repo.class);
      return (owner, name) -> {
        var path = base.newBuilder().addPathSegment("repos").addPathSegment(owner);
        var request = new Request.Builder()
            .url(path.addPathSegment(name).build())
            .header("Accept", "application/json")
            .build();
        try (var response = okHttp.newCall(request).execute()) {
          return reader.readValue(response.body().byteStream());
        }
      };
    }
  },
  /** Our client with its defaults: retries, budget, time limits, redirects, bounded bodies. */
  TOUCHSTONE {
    @Override
    Caller caller(OkHttpClient okHttp, String url) {
      return calls(ApiClient.builder(url).okHttp(okHttp).build());
    }
  },
  /** The same with a token, server quotas, an own quota, circuit breakers and bulkheads. */
  TOUCHSTONE_EVERYTHING {
    @Override
    Caller caller(OkHttpClient okHttp, String url) {
      var quota = RateLimiterConfig.custom()
          .limitForPeriod(100_000_000)
          .limitRefreshPeriod(Duration.ofSeconds(1))
          .build();
      return calls(ApiClient.builder(url)
          .okHttp(okHttp)
          .auth(RequestAuthenticator.bearer(() -> "a-token"))
          .rateLimits(RateLimitReader.ietf())
          .limiter(RateLimiter.of("own", quota))
          .circuitBreakers(CircuitBreakerRegistry.ofDefaults())
          .bulkheads(BulkheadRegistry.of(
              BulkheadConfig.custom().maxConcurrentCalls(100_000).build()))
          .build());
    }
  },
  /** Retrofit with Jackson 2 on the same OkHttp. */
  RETROFIT {
    @Override
    Caller caller(OkHttpClient okHttp, String url) {
      var api = new Retrofit.Builder()
          .baseUrl(url)
          .client(okHttp)
          .addConverterFactory(JacksonConverterFactory.create())
          .build()
          .create(RetrofitApi.class);
      return (owner, name) -> api.repo(owner, name).execute().body();
    }
  },
  /** Feign with Jackson 2 on the same OkHttp; its retries are on by default. */
  FEIGN {
    @Override
    Caller caller(OkHttpClient okHttp, String url) {
      var api = Feign.builder()
          .client(new feign.okhttp.OkHttpClient(okHttp))
          .decoder(new JacksonDecoder(new ObjectMapper()))
          .target(FeignApi.class, url.substring(0, url.length() - 1));
      return api::repo;
    }
  },
  /** The JDK's client and Jackson 3 by hand. */
  JDK {
    @Override
    Caller caller(OkHttpClient unused, String url) {
      var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      var reader = JsonMapper.shared().readerFor(Repo.class);
      return (owner, name) -> {
        var request = HttpRequest.newBuilder(URI.create(url + "repos/" + owner + "/" + name))
            .header("Accept", "application/json")
            .build();
        try (var body = client.send(request, BodyHandlers.ofInputStream()).body()) {
          return reader.readValue(body);
        }
      };
    }
  };

  /** Makes one call. */
  @FunctionalInterface
  interface Caller {

    /** Gets a repository. */
    Repo repo(String owner, String name) throws Exception;
  }

  /** Returns what makes calls to a server. */
  abstract Caller caller(OkHttpClient okHttp, String url);

  private static Caller calls(ApiClient client) {
    return (owner, name) ->
        client.send(ApiRequest.get("repos/{owner}/{name}", owner, name).as(Repo.class));
  }

  /** The API as Retrofit has it. */
  interface RetrofitApi {

    /** Gets a repository. */
    @GET("repos/{owner}/{name}")
    Call<Repo> repo(@Path("owner") String owner, @Path("name") String name);
  }

  /** The API as Feign has it. */
  interface FeignApi {

    /** Gets a repository. */
    @RequestLine("GET /repos/{owner}/{name}")
    Repo repo(@Param("owner") String owner, @Param("name") String name);
  }
}

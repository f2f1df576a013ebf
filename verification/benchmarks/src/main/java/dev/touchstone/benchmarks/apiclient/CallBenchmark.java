package dev.touchstone.benchmarks.apiclient;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * One GET of a small JSON document into a record, with the URL built per call and no network: what
 * the client adds to OkHttp and Jackson.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {

  private static final String BASE = "https://api.test/v3/";

  private final OkHttpClient okHttp =
      new OkHttpClient.Builder().addInterceptor(new Loopback()).build();
  private final ObjectReader reader = JsonMapper.shared().readerFor(Repo.class);
  private final HttpUrl base = HttpUrl.get(BASE);
  private final ApiClient client = ApiClient.builder(BASE).okHttp(okHttp).build();

  /** OkHttp and Jackson by hand: no retry, no time limit, no check of the status. */
  @Benchmark
  public Repo rawOkHttpAndJackson() throws IOException {
    var url = base.newBuilder().addPathSegment("repos").addPathSegment("acme").addPathSegment("x");
    var request = new Request.Builder()
        .url(url.build())
        .header("Accept", "application/json")
        .build();
    try (var response = okHttp.newCall(request).execute()) {
      return reader.readValue(response.body().byteStream());
    }
  }

  /** The client with its defaults. */
  @Benchmark
  public Repo touchstone() {
    return client.send(ApiRequest.get("repos/{owner}/{name}", "acme", "x").as(Repo.class));
  }

  /** Closes the client. */
  @TearDown
  public void close() {
    client.close();
  }
}

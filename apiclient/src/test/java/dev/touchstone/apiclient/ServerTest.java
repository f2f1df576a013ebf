package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests against a real server have in common: the server, a client, no real waiting. */
abstract class ServerTest {

  /** What the tests exchange. */
  record Item(int id, String name) {}

  static final String ITEM = "{\"id\":7,\"name\":\"anvil\"}";

  @StartStop
  public final MockWebServer server = new MockWebServer();

  final VirtualTime time = new VirtualTime();
  final ConnectionPool pool = new ConnectionPool(5, 1, TimeUnit.MINUTES);
  final OkHttpClient okHttp = new OkHttpClient.Builder()
      .connectionPool(pool)
      .readTimeout(Duration.ofMinutes(5)) // longer than a test may take: nothing else ends a call
      .build();

  @BeforeEach
  void aRequestThatNobodyExpectsIsAnsweredAtOnce() {
    ((QueueDispatcher) server.getDispatcher()).setFailFast(true);
  }

  @AfterEach
  void everyConnectionIsGivenBack() {
    assertThat(pool.idleConnectionCount()).isEqualTo(pool.connectionCount());
    pool.evictAll();
  }

  ApiClient.Builder builder() {
    return ApiClient.builder(server.url("/").toString()).okHttp(okHttp).time(time);
  }

  ApiClient client() {
    return builder().build();
  }

  static MockResponse json(String body) {
    return answer(200).addHeader("Content-Type", "application/json").body(body).build();
  }

  static MockResponse status(int code, String... headers) {
    var response = answer(code);
    for (var i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    return response.build();
  }

  static MockResponse.Builder answer(int code) {
    return new MockResponse.Builder().code(code);
  }

  void enqueue(MockResponse... answers) {
    List.of(answers).forEach(server::enqueue);
  }

  RecordedRequest taken() {
    try {
      var request = server.takeRequest(5, TimeUnit.SECONDS);
      assertThat(request).as("a request reached the server").isNotNull();
      return request;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

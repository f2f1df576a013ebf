package dev.touchstone.examples.clients.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.examples.clients.RealServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real Prometheus. */
class PrometheusTest {

  private static final Instant NOON = PrometheusServer.NOON;
  private static final Map<String, String> AGATE = Map.of("__name__", "hardness", "stone", "agate");

  @TempDir
  static Path folder;

  @AutoClose
  static RealServer server;

  @AutoClose
  private Prometheus prometheus;

  @BeforeAll
  static void start() throws Exception {
    server = PrometheusServer.start(folder);
  }

  @BeforeEach
  void connect() {
    prometheus = Prometheus.connect(server.url());
  }

  @Nested
  class Query {

    @Test
    void ofASeriesIsAVector() {
      var result = prometheus.query("hardness{stone='agate'}", NOON);

      assertThat(result)
          .isEqualTo(new QueryResult.Vector(List.of(new Sample(AGATE, new Point(NOON, 6.5)))));
    }

    @Test
    void ofARangeIsAMatrix() {
      var result = prometheus.query("hardness{stone='agate'}[1m]", NOON.plusSeconds(20));

      var points = List.of(new Point(NOON, 6.5), new Point(NOON.plusSeconds(15), 7));
      assertThat(result).isEqualTo(new QueryResult.Matrix(List.of(new Series(AGATE, points))));
    }

    @Test
    void ofANumberIsAScalar() {
      var at = NOON.plusMillis(250);

      assertThat(prometheus.query("-1/0", at))
          .isEqualTo(new QueryResult.Scalar(new Point(at, Double.NEGATIVE_INFINITY)));
      assertThat(prometheus.query("1/0", at))
          .isEqualTo(new QueryResult.Scalar(new Point(at, Double.POSITIVE_INFINITY)));
    }

    @Test
    void ofATextIsAText() {
      assertThat(prometheus.query("'a \"b\" & c=d'"))
          .isInstanceOfSatisfying(
              QueryResult.Text.class, text -> assertThat(text.text()).isEqualTo("a \"b\" & c=d"));
    }

    @Test
    void ofNothingIsEmpty() {
      assertThat(prometheus.query("no_such_metric")).isEqualTo(new QueryResult.Vector(List.of()));
    }

    @Test
    void longerThanAnAddressMayBeIsFine() {
      var many = "hardness + 0 * (" + "1 + ".repeat(5_000) + "1)";

      assertThat(prometheus.query(many, NOON))
          .isInstanceOfSatisfying(
              QueryResult.Vector.class, vector -> assertThat(vector.result()).hasSize(2));
    }
  }

  @Nested
  class QueryOfRange {

    @Test
    void hasAValueForEachStep() {
      var range = new Range(NOON, NOON.plusSeconds(20), Duration.ofSeconds(10));

      var series = prometheus.queryRange("hardness", range);

      assertThat(series).hasSize(2);
      assertThat(series.getFirst().metric()).isEqualTo(AGATE);
      assertThat(series.getFirst().values())
          .containsExactly(
              new Point(NOON, 6.5),
              new Point(NOON.plusSeconds(10), 6.5),
              new Point(NOON.plusSeconds(20), 7));
      assertThat(series.getLast().values().getLast().value()).isNaN();
    }

    @Test
    void refusesARangeThatIsNone() {
      assertThatThrownBy(() -> new Range(NOON, NOON.minusSeconds(1), Duration.ofSeconds(1)))
          .hasMessage(
              "end must not be before start, 2026-01-01T12:00:00Z, was 2026-01-01T11:59:59Z");
      assertThatThrownBy(() -> new Range(NOON, NOON, Duration.ofNanos(1)))
          .hasMessage("step must be at least 1 ms, was PT0.000000001S");
    }
  }

  @Test
  void knowsTheValuesOfALabel() {
    assertThat(prometheus.labelValues("stone")).containsExactly("agate", "talc");
    assertThat(prometheus.labelValues("no_such_label")).isEmpty();
  }

  @Test
  void sendsThroughTheClientThatItIsGiven() {
    try (var client = ApiClient.builder(server.url()).build()) {
      try (var borrowed = Prometheus.over(client)) {
        assertThat(borrowed.labelValues("stone")).hasSize(2);
        assertThatThrownBy(() -> borrowed.query("(")).isInstanceOf(InvalidQueryException.class);
      }
      try (var again = Prometheus.over(client)) {
        assertThat(again.labelValues("stone")).hasSize(2);
      }
    }
  }

  @Nested
  class Failure {

    @Test
    void ofAQueryThatCannotBeReadSaysWhere() {
      var failure = catchThrowableOfType(
          InvalidQueryException.class, () -> prometheus.query("secret_metric +"));

      assertThat(failure.kind()).isEqualTo("bad_data");
      assertThat(failure.reason()).contains("1:16: parse error: unexpected end of input");
      assertThat(failure.isWorthRetryingLater()).isFalse();
      assertThat(failure.attempts()).hasSize(1);
      assertThat(failure).hasMessageContaining("HTTP 400").hasMessageNotContaining("secret_metric");
    }

    @Test
    void ofAQueryThatCannotBeEvaluatedSaysWhy() {
      var failure = catchThrowableOfType(
          InvalidQueryException.class, () -> prometheus.query("hardness * on() hardness", NOON));

      assertThat(failure.status()).isEqualTo(422);
      assertThat(failure.kind()).isEqualTo("execution");
      assertThat(failure.reason()).contains("many-to-many matching not allowed");
    }

    @Test
    void ofARangeWithTooManyStepsIsTheQuerysFault() {
      var range = new Range(Instant.EPOCH, NOON, Duration.ofSeconds(1));

      assertThatThrownBy(() -> prometheus.queryRange("hardness", range))
          .isInstanceOfSatisfying(
              InvalidQueryException.class,
              failure -> assertThat(failure.reason()).contains("11,000 points"));
    }

    @Test
    void ofAQueryThatTakesTooLongIsNotRepeated() {
      var hurried = new OkHttpClient.Builder()
          .addInterceptor(chain -> {
            var url = chain.request().url().newBuilder().addQueryParameter("timeout", "1ms");
            return chain.proceed(chain.request().newBuilder().url(url.build()).build());
          })
          .build();
      try (var client = ApiClient.builder(server.url()).okHttp(hurried).build();
          var impatient = Prometheus.over(client)) {
        var failure = catchThrowableOfType(
            QueryAbortedException.class,
            () -> impatient.query("count_over_time(vector(1)[20m:5ms]) + vector(1)"));

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.kind()).isEqualTo("timeout");
        assertThat(failure.attempts()).hasSize(1);
        assertThat(failure).hasMessageContaining("not retried: it would fail again");
      } finally {
        hurried.connectionPool().evictAll();
      }
    }

    @Test
    void ofAnotherKindIsAnOrdinaryOne() {
      try (var wrong = Prometheus.connect(server.url() + "elsewhere/")) {
        assertThatThrownBy(() -> wrong.labelValues("stone"))
            .isExactlyInstanceOf(ClientErrorException.class)
            .hasMessageContaining("HTTP 404");
      }
    }
  }
}

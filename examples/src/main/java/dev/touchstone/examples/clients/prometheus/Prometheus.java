package dev.touchstone.examples.clients.prometheus;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.BodySource;
import dev.touchstone.apiclient.ErrorContext;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.TypeRef;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a Prometheus server.
 *
 * {@snippet class="dev.touchstone.examples.clients.prometheus.SnippetsTest" region="queries"}
 *
 * <p>Queries are sent as forms, so that a long one fits, and made again when the connection breaks:
 * they change nothing on the server. What the server warns of beside a result is not shown.
 *
 * <p>Every method throws an {@link ApiException} if the call fails: an {@link InvalidQueryException}
 * if the query is at fault, a {@link QueryAbortedException} if the server gave it up.
 *
 * <p><b>Source:</b> the Prometheus documentation, "HTTP API".
 */
public final class Prometheus implements AutoCloseable {

  private final ApiClient api;

  private Prometheus(ApiClient api) {
    this.api = api;
  }

  /** Returns a client of the server at an address, such as {@code http://localhost:9090/}. */
  public static Prometheus connect(String baseUrl) {
    return new Prometheus(ApiClient.builder(baseUrl).errors(Prometheus::error).build());
  }

  /**
   * Returns a client that sends through another: with its credentials, time limits and connections,
   * which stay the caller's.
   *
   * @param client has the server's address for its base URL
   */
  public static Prometheus over(ApiClient client) {
    return new Prometheus(client.with(settings -> settings.errors(Prometheus::error)));
  }

  /** Evaluates a query at the server's present time. */
  public QueryResult query(String promql) {
    return api.send(form("query", Map.of("query", promql)).as(new TypeRef<Reply<QueryResult>>() {}))
        .data();
  }

  /** Evaluates a query at one time. */
  public QueryResult query(String promql, Instant at) {
    var fields = Map.of("query", promql, "time", at.toString());
    return api.send(form("query", fields).as(new TypeRef<Reply<QueryResult>>() {}))
        .data();
  }

  /**
   * Evaluates a query at each step of a range.
   *
   * @return one series for each set of labels, in the server's order
   */
  public List<Series> queryRange(String promql, Range range) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("query", promql);
    fields.put("start", range.start().toString());
    fields.put("end", range.end().toString());
    fields.put("step", range.step().toMillis() / 1e3 + "");
    var request = form("query_range", fields).as(new TypeRef<Reply<QueryResult.Matrix>>() {});
    return api.send(request).data().result();
  }

  /** Returns the values of a label, each once, sorted. */
  public List<String> labelValues(String label) {
    var request = ApiRequest.get("api/v1/label/{label}/values", label)
        .as(new TypeRef<Reply<List<String>>>() {});
    return api.send(request).data();
  }

  /** Ends this client. A client that was given to {@link #over} stays open. */
  @Override
  public void close() {
    api.close();
  }

  private static ApiRequest.Builder form(String endpoint, Map<String, String> fields) {
    return ApiRequest.post("api/v1/" + endpoint).body(BodySource.form(fields)).idempotent();
  }

  private static Optional<? extends HttpStatusException> error(ErrorContext error) {
    return error
        .bodyAs(Refusal.class)
        .filter(refusal -> refusal.errorType() != null)
        .map(refusal -> error.status() < 500
            ? new InvalidQueryException(error, refusal)
            : new QueryAbortedException(error, refusal));
  }

  /** What every result is wrapped in. */
  private record Reply<T>(T data) {}
}

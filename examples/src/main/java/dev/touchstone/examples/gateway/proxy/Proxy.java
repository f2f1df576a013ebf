package dev.touchstone.examples.gateway.proxy;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.CancelledException;
import dev.touchstone.apiclient.DeadlineException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests on to a backend and its answers back, both while they arrive: what is in memory of a
 * body is a buffer, however long it is and however slow its reader.
 *
 * <p>The path at the backend is that of the upstream address, followed by what stands for {@code
 * {name*}} in the template of the route; of a route without such a name, by the whole path of the
 * request. The query is the client's.
 *
 * <p>The backend gets, beside what the client sent: {@code Forwarded} and {@code X-Forwarded-For},
 * {@code -Proto} and {@code -Host}; {@code X-Request-Id}; {@code X-Request-Deadline-Ms}, the
 * milliseconds that are left; {@code Via}; and who calls, as {@code X-Authenticated-By}, {@code
 * -Subject} and {@code -Tier}. Fields of these names that the client sent are dropped.
 *
 * <p>When the client leaves, the call to the backend is cancelled. An answer that breaks off at the
 * backend breaks off at the client too: it never looks like a whole one.
 */
public final class Proxy implements RouteHandler {

  private static final int BUFFER = 16 * 1024;

  private final ApiClient client;
  private final UpstreamFields fields;
  private final String base;

  /**
   * Creates one.
   *
   * @param client sends the requests; its retries, breaker, limits and address guard hold. It stays the
   *     caller's
   */
  public Proxy(ApiClient client, ProxyOptions options) {
    this.client = requireNonNull(client, "client");
    fields = new UpstreamFields(options);
    var text = options.upstream().toString();
    base = text.endsWith("/") ? text : text + "/";
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException, IOException, InterruptedException {
    var request = request(exchange);
    try {
      // Failures on our side of the stream pass through the library as what they are.
      var problem = client.<Optional<ProblemException>>stream(
          request, response -> handBack(exchange, response));
      if (problem.isPresent()) {
        throw problem.get();
      }
    } catch (ApiException failure) {
      throw problem(failure);
    } catch (UncheckedIOException ofClient) {
      throw ofClient.getCause();
    }
  }

  private ApiRequest<byte[]> request(Exchange exchange) throws ProblemException {
    var left = exchange.deadline().remaining();
    if (left.isZero()) {
      throw late(null);
    }
    var request = ApiRequest.of(exchange.method(), uri(exchange))
        .shownAs(exchange.route().template().toString())
        .headers(fields.of(exchange))
        .acceptAll()
        .timeout(left)
        .attemptTimeout(left);
    if (exchange.contentLength() != 0) {
      request.body(new ExchangeBody(exchange));
    }
    return request.asBytes();
  }

  private URI uri(Exchange exchange) throws ProblemException {
    var template = exchange.route().template();
    var path =
        template.hasRest() ? template.rest(exchange.path()) : exchange.path().substring(1);
    try {
      return URI.create(base + path + exchange.query().map(query -> "?" + query).orElse(""));
    } catch (IllegalArgumentException broken) {
      throw new ProblemException(
          Problem.of(400, "The address has characters that must be percent-encoded."),
          HttpFields.EMPTY,
          broken);
    }
  }

  /** Returns what is wrong with the answer, as long as nothing of it was handed back. */
  private static Optional<ProblemException> handBack(
      Exchange exchange, ApiResponse<InputStream> response) throws IOException {
    HttpFields fields;
    try {
      fields = DownstreamFields.of(response.headers());
    } catch (ProblemException malformed) {
      return Optional.of(malformed);
    }
    var out = exchange.open(response.status(), fields);
    var length = fields.getLongField("Content-Length");
    var buffer = new byte[(int) (length > 0 ? Math.min(length, BUFFER) : BUFFER)];
    var in = response.body();
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
    }
    out.close();
    return Optional.empty();
  }

  private static ProblemException problem(ApiException failure) throws InterruptedException {
    return switch (failure) {
      case CancelledException cancelled -> {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("the call to the backend was given up");
        }
        yield unavailable(failure);
      }
      case DeadlineException late -> late(late);
      case RejectedException rejected ->
        rejected.by() == RejectedException.By.ADDRESS_GUARD
            ? new ProblemException(
                Problem.of(502, "The backend has an address that this gateway must not call."),
                HttpFields.EMPTY,
                failure)
            : unavailable(failure);
      default ->
        new ProblemException(
            Problem.of(502, "The backend could not be reached, or broke off; try again later."),
            HttpFields.EMPTY,
            failure);
    };
  }

  private static ProblemException late(@Nullable ApiException cause) {
    return new ProblemException(
        Problem.of(
            504, "The backend did not answer within the time of this route; try again later."),
        HttpFields.EMPTY,
        cause);
  }

  private static ProblemException unavailable(ApiException failure) {
    var more = HttpFields.build();
    if (failure instanceof RejectedException rejected) {
      rejected
          .retryAt()
          .map(at -> Duration.between(Instant.now(), at).toSeconds())
          .ifPresent(seconds -> more.put("Retry-After", Math.max(1, seconds)));
    }
    return new ProblemException(
        Problem.of(503, "The backend takes no calls at the moment; try again later."),
        more,
        failure);
  }
}

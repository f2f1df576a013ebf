package dev.touchstone.examples.gateway.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.Route;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;

/**
 * Routes for those who run the gateway. They belong on a port that only they can reach: metrics tell a
 * stranger which routes there are.
 */
public final class Operations {

  private Operations() {}

  /**
   * Returns {@code GET /health/live}, 200 as long as the process answers at all, and {@code GET
   * /health/ready}, 200 as long as it should be sent requests, else 503.
   *
   * @param isReady whether it should
   */
  public static List<Route> health(BooleanSupplier isReady) {
    return List.of(
        Route.of("GET", "/health/live", exchange -> text(exchange, "text/plain", "live\n")),
        Route.of("GET", "/health/ready", exchange -> {
          if (!isReady.getAsBoolean()) {
            throw new ProblemException(
                Problem.of(503, "The gateway is starting or stopping; ask another one."));
          }
          text(exchange, "text/plain", "ready\n");
        }));
  }

  /** Returns {@code GET /metrics}, in the text format of Prometheus. */
  public static Route metrics(PrometheusMeterRegistry registry) {
    return Route.of(
        "GET",
        "/metrics",
        exchange -> text(exchange, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
  }

  private static void text(Exchange exchange, String type, String text) throws IOException {
    exchange.reply(
        200,
        HttpFields.build().put("Content-Type", type).put("Cache-Control", "no-store"),
        text.getBytes(UTF_8));
  }
}

package dev.touchstone.examples.gateway.cache;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.util.Set;

/** Forgets what is kept of a path when a request may have changed it, whatever became of the request. */
public final class Forgetting implements RouteHandler {

  private static final Set<String> SAFE =
      Set.of("GET", "HEAD", "OPTIONS"); // RFC 9110, section 9.2.1

  private final RouteHandler handler;
  private final AnswerCache cache;

  /** Creates one around a handler. */
  public Forgetting(RouteHandler handler, AnswerCache cache) {
    this.handler = requireNonNull(handler, "handler");
    this.cache = requireNonNull(cache, "cache");
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException, IOException, InterruptedException {
    try {
      handler.handle(exchange);
    } finally {
      if (!SAFE.contains(exchange.method())) {
        cache.forget(exchange.path());
      }
    }
  }
}

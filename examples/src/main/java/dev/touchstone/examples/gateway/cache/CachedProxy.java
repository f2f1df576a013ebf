package dev.touchstone.examples.gateway.cache;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Gives out what is kept to requests that anybody could have sent, and hands on all others: those that say
 * who sends them, that want a part of an answer, or have conditions that only the backend can check.
 */
public final class CachedProxy implements RouteHandler {

  private static final List<HttpHeader> PARTICULAR = List.of(
      HttpHeader.AUTHORIZATION,
      HttpHeader.COOKIE,
      HttpHeader.RANGE,
      HttpHeader.IF_RANGE,
      HttpHeader.IF_MATCH,
      HttpHeader.IF_UNMODIFIED_SINCE);

  private final RouteHandler kept;
  private final RouteHandler proxy;

  /**
   * Creates one.
   *
   * @param kept answers with what is kept
   * @param proxy hands requests on
   */
  public CachedProxy(RouteHandler kept, RouteHandler proxy) {
    this.kept = requireNonNull(kept, "kept");
    this.proxy = requireNonNull(proxy, "proxy");
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException, IOException, InterruptedException {
    var isParticular =
        exchange.contentLength() != 0 || PARTICULAR.stream().anyMatch(exchange.fields()::contains);
    (isParticular ? proxy : kept).handle(exchange);
  }
}

package dev.touchstone.examples.gateway.dashboard;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.web.Site;
import dev.touchstone.examples.web.WebServer;

/**
 * Serves the dashboard of a gateway on a port of loopback.
 *
 * <p>Whoever knows its address can let the gateway read its definition again, and send requests through
 * it. Safe for use by several threads.
 */
public final class GatewayDashboard implements AutoCloseable {

  private final TryIt tryIt;
  private final WebServer server;

  private GatewayDashboard(TryIt tryIt, WebServer server) {
    this.tryIt = tryIt;
    this.server = server;
  }

  /**
   * Opens the dashboard of a gateway of this process.
   *
   * @param traffic observes the requests of the gateway
   * @param port 0 for a free one
   * @throws dev.touchstone.examples.web.WebServerException if the port cannot be had
   */
  public static GatewayDashboard open(Gateway gateway, Traffic traffic, int port) {
    var data =
        new GatewayData(requireNonNull(gateway, "gateway"), requireNonNull(traffic, "traffic"));
    var tryIt = new TryIt(data);
    try {
      return new GatewayDashboard(tryIt, WebServer.open(site(data, tryIt), port));
    } catch (RuntimeException e) {
      tryIt.close();
      throw e;
    }
  }

  private static Site site(GatewayData data, TryIt tryIt) {
    var overview = new OverviewPage(data);
    var routes = new RoutePages(data, tryIt);
    var requests = new RequestPages(data);
    return Site.builder("Gateway", data.gateway().plan().definition().name())
        .page("/", "Overview", overview::show)
        .page("/routes", "Routes", routes::list)
        .get("/routes/one", routes::one)
        .page("/requests", "Requests", requests::list)
        .get("/requests/one", requests::one)
        .page("/backends", "Backends", new BackendsPage(data)::show)
        .page("/health", "Health", new HealthPage(data)::show)
        .post("/reload", overview::readAgain)
        .post("/routes/try", tryIt::send)
        .build();
  }

  /** Returns the server, for its address. */
  public WebServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
    tryIt.close();
  }
}

package dev.touchstone.examples.scraper.dashboard;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.web.Site;
import dev.touchstone.examples.web.WebServer;
import dev.touchstone.patterns.observe.EventBus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Serves the dashboard of a crawl on a port of loopback. It changes nothing.
 *
 * <p>Safe for use by several threads.
 */
public final class CrawlDashboard implements AutoCloseable {

  private final CrawlData data;
  private final WebServer server;

  private CrawlDashboard(CrawlData data, WebServer server) {
    this.data = data;
    this.server = server;
  }

  /**
   * Opens the dashboard of a crawl that is about to run in this process. It slows the crawl down by
   * some microseconds for each address.
   *
   * @param folder where the crawl is kept; its home must be open
   * @param events what the crawl tells
   * @param port 0 for a free one
   * @throws dev.touchstone.examples.scraper.frontier.FrontierException if no crawl is kept there
   * @throws dev.touchstone.examples.web.WebServerException if the port cannot be had
   */
  public static CrawlDashboard open(Path folder, EventBus<CrawlEvent> events, int port) {
    return open(folder, Optional.of(new Live(events, System::nanoTime)), port);
  }

  /**
   * Opens the dashboard of a crawl that rests, or runs in another process.
   *
   * @param folder where the crawl is kept
   * @param port 0 for a free one
   * @throws dev.touchstone.examples.scraper.frontier.FrontierException if no crawl is kept there
   * @throws dev.touchstone.examples.web.WebServerException if the port cannot be had
   */
  public static CrawlDashboard open(Path folder, int port) {
    return open(folder, Optional.empty(), port);
  }

  private static CrawlDashboard open(Path folder, Optional<Live> live, int port) {
    requireNonNull(folder, "folder");
    var data = new CrawlData(folder, live, System::nanoTime, InstantSource.system());
    try {
      return new CrawlDashboard(data, WebServer.open(site(data), port));
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static Site site(CrawlData data) {
    var addresses = new AddressPages(data);
    return Site.builder("Crawl", data.folder().getFileName().toString())
        .page("/", "Overview", request -> new OverviewPage(data).answer())
        .page("/hosts", "Hosts", request -> new HostsPage(data).answer())
        .page("/addresses", "Addresses", addresses::list)
        .get("/addresses/one", addresses::one)
        .page("/errors", "Errors", request -> new ErrorsPage(data).answer())
        .page("/items", "Items", request -> new ItemsPage(data).answer())
        .search("/addresses/one", "url", "Look up an address")
        .build();
  }

  /** Returns the server, for its address. */
  public WebServer server() {
    return server;
  }

  @Override
  public void close() {
    try (data) {
      server.close();
    }
  }
}
